import { gateCasesFor } from '../../check.ts';
import { crdStoredVersions } from './crd-stored-versions.check.ts';
import { crd } from './examples.ts';

const two = (isServed: boolean) => [
  { name: 'v1beta1', served: isServed, storage: false, deprecated: true },
  { name: 'v1', served: true, storage: true, deprecated: false },
];

export const cases = gateCasesFor(crdStoredVersions, [
  { name: 'one version', given: { crds: [crd()] }, expect: 'pass' },
  { name: 'two that are served', given: { crds: [crd({ versions: two(true), storedVersions: ['v1beta1', 'v1'] })] }, expect: 'pass' },
  { name: 'an old one that was migrated', given: { crds: [crd({ versions: two(false) })] }, expect: 'pass' },
  {
    name: 'an old one that is not served',
    given: { crds: [crd({ versions: two(false), storedVersions: ['v1beta1', 'v1'] })] },
    expect: 'fail',
    says: 'baskets.shop.example',
  },
  {
    name: 'one that is not even defined',
    given: { crds: [crd({ storedVersions: ['v1alpha1', 'v1'] })] },
    expect: 'fail',
    says: 'v1alpha1',
  },
  { name: 'none', given: { crds: [] }, expect: 'not-applicable' },
  { name: 'newer than the data', upgrade: '1.37.2 to 1.38.0', given: { crds: [crd()] }, expect: 'unknown', says: '2026-11-28' },
]);

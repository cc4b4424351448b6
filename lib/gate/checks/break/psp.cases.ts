import { seen } from '../../../core/facts/index.ts';
import { gateCasesFor } from '../../check.ts';
import { controlPlane, settings, unread } from './examples.ts';
import { psp } from './psp.check.ts';

const upgrade = '1.24.17 to 1.25.16';
const policy = { kind: 'PodSecurityPolicy', name: 'restricted', oldVersion: 'policy/v1beta1', foundBy: 'managed-fields' as const };

export const cases = gateCasesFor(psp, [
  { name: 'unused', upgrade, given: { controlPlane: controlPlane(), settings: settings(), oldObjects: seen([]) }, expect: 'pass' },
  {
    name: 'the plugin is on',
    upgrade,
    given: {
      controlPlane: controlPlane({ 'kube-apiserver': { 'enable-admission-plugins': 'NodeRestriction,PodSecurityPolicy' } }),
      settings: settings(),
      oldObjects: seen([]),
    },
    expect: 'fail',
    says: 'kube-system/kube-apiserver-cp-1',
  },
  {
    name: 'a policy exists',
    upgrade,
    given: { controlPlane: controlPlane(), settings: settings(), oldObjects: seen([policy]) },
    expect: 'fail',
    says: 'restricted',
  },
  {
    name: 'a control plane nobody sees',
    upgrade,
    given: { controlPlane: seen([]), settings: settings(), oldObjects: seen([]) },
    expect: 'unknown',
  },
  { name: 'long past it', given: { controlPlane: unread, settings: unread, oldObjects: unread }, expect: 'not-applicable' },
]);

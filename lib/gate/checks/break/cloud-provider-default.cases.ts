import { gateCasesFor } from '../../check.ts';
import { cloudProviderDefault } from './cloud-provider-default.check.ts';
import { controlPlane, kubeletFlags, settings, unread } from './examples.ts';

const upgrade = '1.28.15 to 1.29.15';
const provider = (value: string) => controlPlane({ 'kube-controller-manager': { 'cloud-provider': value } });

export const cases = gateCasesFor(cloudProviderDefault, [
  { name: 'none', upgrade, given: { controlPlane: controlPlane(), settings: settings() }, expect: 'pass' },
  { name: 'external', upgrade, given: { controlPlane: provider('external'), settings: settings() }, expect: 'pass' },
  {
    name: 'vsphere',
    upgrade,
    given: { controlPlane: provider('vsphere'), settings: settings() },
    expect: 'fail',
    says: '--cloud-provider=vsphere',
  },
  {
    name: 'kubelets of a template',
    upgrade,
    given: { controlPlane: controlPlane(), settings: kubeletFlags({ 'cloud-provider': 'aws' }) },
    expect: 'fail',
    says: 'fleet/pool-a',
  },
  { name: 'long past it', given: { controlPlane: unread, settings: unread }, expect: 'not-applicable' },
]);

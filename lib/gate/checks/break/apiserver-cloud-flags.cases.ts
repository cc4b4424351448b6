import { gateCasesFor } from '../../check.ts';
import { apiserverCloudFlags } from './apiserver-cloud-flags.check.ts';
import { controlPlane, settings, unread } from './examples.ts';

const upgrade = '1.32.11 to 1.33.7';

export const cases = gateCasesFor(apiserverCloudFlags, [
  { name: 'other flags', upgrade, given: { controlPlane: controlPlane(), settings: settings() }, expect: 'pass' },
  {
    name: 'set on the component',
    upgrade,
    given: { controlPlane: controlPlane({ 'kube-apiserver': { 'cloud-provider': 'x' } }), settings: settings() },
    expect: 'fail',
    says: 'kube-system/kube-apiserver-cp-1',
  },
  {
    name: 'a control plane nobody sees',
    upgrade,
    given: { controlPlane: { read: true, value: [] }, settings: settings() },
    expect: 'unknown',
  },
  { name: 'a way that does not cross it', given: { controlPlane: unread, settings: unread }, expect: 'not-applicable' },
]);

import { gateCasesFor } from '../../check.ts';
import { controlPlane, kubeletFlags, settings, unread } from './examples.ts';
import { kubeletFlags134 } from './kubelet-flags-1.34.check.ts';

const upgrade = '1.33.7 to 1.34.3';

export const cases = gateCasesFor(kubeletFlags134, [
  {
    name: 'other flags',
    upgrade,
    given: { controlPlane: controlPlane(), settings: kubeletFlags({ 'node-ip': '192.0.2.7' }) },
    expect: 'pass',
  },
  {
    name: 'set in a template',
    upgrade,
    given: { controlPlane: controlPlane(), settings: kubeletFlags({ 'register-schedulable': 'x' }) },
    expect: 'fail',
    says: 'fleet/pool-a',
  },
  {
    name: 'kubelets that cannot be seen',
    upgrade,
    given: { controlPlane: controlPlane(), settings: settings() },
    expect: 'unknown',
    says: '--register-schedulable',
  },
  {
    name: 'a way that does not cross it',
    upgrade: '1.32.4 to 1.32.11',
    given: { controlPlane: unread, settings: unread },
    expect: 'not-applicable',
  },
]);

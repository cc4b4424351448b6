import { gateCasesFor } from '../../check.ts';
import { controlPlane, kubeletFlags, settings, unread } from './examples.ts';
import { kubeletFlags131 } from './kubelet-flags-1.31.check.ts';

const upgrade = '1.30.14 to 1.31.14';

export const cases = gateCasesFor(kubeletFlags131, [
  {
    name: 'other flags',
    upgrade,
    given: { controlPlane: controlPlane(), settings: kubeletFlags({ 'node-ip': '192.0.2.7' }) },
    expect: 'pass',
  },
  {
    name: 'set in a template',
    upgrade,
    given: { controlPlane: controlPlane(), settings: kubeletFlags({ 'keep-terminated-pod-volumes': 'x' }) },
    expect: 'fail',
    says: 'fleet/pool-a',
  },
  {
    name: 'kubelets that cannot be seen',
    upgrade,
    given: { controlPlane: controlPlane(), settings: settings() },
    expect: 'unknown',
    says: '--keep-terminated-pod-volumes',
  },
  {
    name: 'a way that does not cross it',
    upgrade: '1.32.4 to 1.32.11',
    given: { controlPlane: unread, settings: unread },
    expect: 'not-applicable',
  },
]);

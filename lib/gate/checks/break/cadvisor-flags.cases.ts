import { gateCasesFor } from '../../check.ts';
import { cadvisorFlags } from './cadvisor-flags.check.ts';
import { controlPlane, kubeletFlags, settings, unread } from './examples.ts';

const upgrade = '1.36.3 to 1.37.2';

export const cases = gateCasesFor(cadvisorFlags, [
  {
    name: 'other flags',
    upgrade,
    given: { controlPlane: controlPlane(), settings: kubeletFlags({ 'node-ip': '192.0.2.7' }) },
    expect: 'pass',
  },
  {
    name: 'set in a template',
    upgrade,
    given: { controlPlane: controlPlane(), settings: kubeletFlags({ boot_id_file: 'x' }) },
    expect: 'fail',
    says: 'fleet/pool-a',
  },
  {
    name: 'kubelets that cannot be seen',
    upgrade,
    given: { controlPlane: controlPlane(), settings: settings() },
    expect: 'unknown',
    says: '--boot_id_file',
  },
  {
    name: 'a way that does not cross it',
    upgrade: '1.32.4 to 1.32.11',
    given: { controlPlane: unread, settings: unread },
    expect: 'not-applicable',
  },
]);

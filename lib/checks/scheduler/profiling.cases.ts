import { running } from '../../../test/support/control-plane.ts';
import { casesFor } from '../check.ts';
import { profiling } from './profiling.check.ts';

const given = running('kube-scheduler');

export const cases = casesFor(profiling, [
  { name: 'off', expect: 'pass', given: given({ profiling: 'false' }) },
  { name: 'on', expect: 'fail', given: given({ profiling: 'true' }) },
  { name: 'not set, on by default', expect: 'fail', given: given({}) },
  {
    name: 'a configuration file decides, and the flag is ignored',
    expect: 'manual',
    given: given({ profiling: 'false', config: '/etc/kubernetes/scheduler.yaml' }),
    says: 'scheduler.yaml',
  },
]);

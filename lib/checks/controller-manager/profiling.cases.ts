import { running } from '../../../test/support/control-plane.ts';
import { casesFor } from '../check.ts';
import { profiling } from './profiling.check.ts';

const given = running('kube-controller-manager');

export const cases = casesFor(profiling, [
  { name: 'true', expect: 'fail', given: given({ profiling: 'true' }), says: '--profiling=true' },
  { name: 'false', expect: 'pass', given: given({ profiling: 'false' }), says: '--profiling=false' },
  { name: 'as Go also writes it', expect: 'pass', given: given({ profiling: 'F' }) },
  { name: 'not set: the default counts', expect: 'fail', given: given({}), says: 'default true' },
  { name: 'given twice: the last one counts', expect: 'pass', given: given({ profiling: ['true', 'false'] }) },
  { name: 'a value that makes no sense', expect: 'unknown', given: given({ profiling: 'maybe' }), says: 'cannot be read' },
]);

import { running } from '../../../test/support/control-plane.ts';
import { casesFor } from '../check.ts';
import { autoTls } from './auto-tls.check.ts';

const given = running('etcd');

export const cases = casesFor(autoTls, [
  { name: 'true', expect: 'fail', given: given({ 'auto-tls': 'true' }), says: '--auto-tls=true' },
  { name: 'false', expect: 'pass', given: given({ 'auto-tls': 'false' }), says: '--auto-tls=false' },
  { name: 'as Go also writes it', expect: 'pass', given: given({ 'auto-tls': 'F' }) },
  { name: 'not set: the default counts', expect: 'pass', given: given({}), says: 'default false' },
  { name: 'given twice: the last one counts', expect: 'pass', given: given({ 'auto-tls': ['true', 'false'] }) },
  { name: 'a value that makes no sense', expect: 'unknown', given: given({ 'auto-tls': 'maybe' }), says: 'cannot be read' },
]);

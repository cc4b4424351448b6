import { running } from '../../../test/support/control-plane.ts';
import { casesFor } from '../check.ts';
import { peerAutoTls } from './peer-auto-tls.check.ts';

const given = running('etcd');

export const cases = casesFor(peerAutoTls, [
  { name: 'true', expect: 'fail', given: given({ 'peer-auto-tls': 'true' }), says: '--peer-auto-tls=true' },
  { name: 'false', expect: 'pass', given: given({ 'peer-auto-tls': 'false' }), says: '--peer-auto-tls=false' },
  { name: 'as Go also writes it', expect: 'pass', given: given({ 'peer-auto-tls': 'F' }) },
  { name: 'not set: the default counts', expect: 'pass', given: given({}), says: 'default false' },
  { name: 'given twice: the last one counts', expect: 'pass', given: given({ 'peer-auto-tls': ['true', 'false'] }) },
  { name: 'a value that makes no sense', expect: 'unknown', given: given({ 'peer-auto-tls': 'maybe' }), says: 'cannot be read' },
]);

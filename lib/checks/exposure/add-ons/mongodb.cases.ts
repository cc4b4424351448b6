import { none, type ProbeCase, page } from '../probe.ts';
import { latin1, uint32le } from './bytes.ts';
import { bytesAnswer } from './bytes-answer.ts';

const list = '71 bytes over TCP';
const reply = (document: string) =>
  bytesAnswer([
    ...uint32le(99),
    ...uint32le(7),
    ...uint32le(1),
    ...uint32le(2013),
    ...uint32le(0),
    0,
    ...uint32le(70),
    ...latin1(document),
  ]);
const own = 'It looks like you are trying to access MongoDB over HTTP on the native driver port.\r\n';

export const cases: readonly ProbeCase[] = [
  {
    name: 'a list of databases',
    greeting: { http: 'plain', page: page(200, own) as Extract<ReturnType<typeof page>, { is: 'http' }> },
    answers: { [list]: reply('\x04databases\0\x05\0\0\0\x02name\0\x08\0\0\0hunter2\0') },
    expect: 'fail',
    severity: 'high',
    hides: 'hunter2',
  },
  {
    name: 'asks for a login',
    answers: { [list]: reply('\x01ok\0\0\0\0\0\x02errmsg\0x\0\x10code\0\x0d\0\0\0\x02codeName\0\x0d\0\0\0Unauthorized\0') },
    expect: 'pass',
  },
  { name: 'other software', answers: { [list]: bytesAnswer('220 mail') }, expect: 'nothing' },
  { name: 'a web server', greeting: { http: 'plain' }, answers: {}, expect: 'nothing' },
  { name: 'hangs up', answers: {}, otherwise: none('hung-up'), expect: 'unknown' },
];

import { none, type ProbeCase, page } from '../probe.ts';
import { bytesAnswer } from './bytes-answer.ts';

const info = '13 bytes over TCP';
export const cases: readonly ProbeCase[] = [
  {
    name: 'no login',
    answers: { [info]: bytesAnswer('$60\r\n# Server\r\nredis_version:7.0.15\r\nexecutable:/usr/bin/redis-server\r\n') },
    expect: 'fail',
    severity: 'high',
    says: '7.0.15',
  },
  {
    name: 'no login, over TLS',
    greeting: { tls: { is: 'tls', accepted: true, chain: [] } },
    answers: { '13 bytes over TLS': bytesAnswer('$60\r\n# Server\r\nredis_version:8.0.1\r\n') },
    expect: 'fail',
  },
  {
    name: 'Valkey, a fork',
    answers: { [info]: bytesAnswer('$60\r\n# Server\r\nredis_version:7.2.4\r\nserver_name:valkey\r\nvalkey_version:8.1.0\r\n') },
    expect: 'fail',
  },
  { name: 'a password', answers: { [info]: bytesAnswer('-NOAUTH Authentication required.\r\n') }, expect: 'pass' },
  {
    name: 'protected mode',
    answers: { [info]: bytesAnswer('-DENIED Redis is running in protected mode because …') },
    expect: 'pass',
    says: 'protected mode',
  },
  {
    name: 'a client certificate',
    greeting: { tls: { is: 'tls', accepted: false, refusal: 'client-certificate', chain: [] } },
    answers: {},
    expect: 'pass',
  },
  { name: 'other software', answers: { [info]: bytesAnswer('220 mail.example ESMTP\r\n') }, expect: 'nothing' },
  {
    name: 'a web server',
    greeting: { http: 'plain', page: page(200) as Extract<ReturnType<typeof page>, { is: 'http' }> },
    answers: {},
    expect: 'nothing',
  },
  { name: 'no answer in time', answers: {}, otherwise: none('timed-out'), expect: 'unknown' },
];

import { type ProbeCase, page } from '../probe.ts';

const answer = (...args: Parameters<typeof page>) => page(...args) as Extract<ReturnType<typeof page>, { is: 'http' }>;
const door = { host: 'shop.example' };

export const cases: readonly ProbeCase[] = [
  { name: 'no header', door, greeting: { http: 'tls', page: answer(200, '<html>') }, answers: {}, expect: 'fail', severity: 'low' },
  {
    name: 'turned off',
    door,
    greeting: { http: 'tls', page: answer(200, '', { 'strict-transport-security': 'max-age=0' }) },
    answers: {},
    expect: 'fail',
  },
  {
    name: 'a year',
    door,
    greeting: { http: 'tls', page: answer(404, '', { 'strict-transport-security': 'max-age=31536000; includeSubDomains' }) },
    answers: {},
    expect: 'pass',
    says: '31536000',
  },
  { name: 'no host', greeting: { http: 'tls', page: answer(200) }, answers: {}, expect: 'nothing' },
  { name: 'plain HTTP', door, greeting: { http: 'plain', page: answer(200) }, answers: {}, expect: 'nothing' },
];

import { type ProbeCase, page } from '../probe.ts';

const answer = (...args: Parameters<typeof page>) => page(...args) as Extract<ReturnType<typeof page>, { is: 'http' }>;

export const cases: readonly ProbeCase[] = [
  {
    name: 'nginx with its version',
    greeting: { http: 'plain', page: answer(200, '', { server: 'nginx/1.22.1' }) },
    answers: {},
    expect: 'fail',
    severity: 'info',
    says: 'nginx/1.22.1',
  },
  {
    name: 'what the page was made with',
    greeting: { http: 'tls', page: answer(200, '', { server: 'Apache', 'x-powered-by': 'PHP/8.1.2' }) },
    answers: {},
    expect: 'fail',
    says: 'PHP/8.1.2',
  },
  { name: 'a name alone', greeting: { http: 'tls', page: answer(200, '', { server: 'nginx' }) }, answers: {}, expect: 'pass' },
  { name: 'no HTTP', greeting: {}, answers: {}, expect: 'nothing' },
];

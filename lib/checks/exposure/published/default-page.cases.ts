import { type ProbeCase, page } from '../probe.ts';

const answer = (...args: Parameters<typeof page>) => page(...args) as Extract<ReturnType<typeof page>, { is: 'http' }>;

export const cases: readonly ProbeCase[] = [
  {
    name: 'nginx as it comes',
    greeting: { http: 'plain', page: answer(200, '<html><head><title>Welcome to nginx!</title>') },
    answers: {},
    expect: 'fail',
    severity: 'low',
    says: 'nginx',
  },
  {
    name: 'a list of files',
    greeting: { http: 'tls', page: answer(200, '<html><head><title>Index of /</title><a href="passwords.txt">') },
    answers: {},
    expect: 'fail',
    says: 'a list of files',
    hides: 'passwords.txt',
  },
  { name: 'a page of its own', greeting: { http: 'tls', page: answer(200, '<title>Shop</title>') }, answers: {}, expect: 'pass' },
  {
    name: 'a page that only talks of nginx',
    greeting: { http: 'tls', page: answer(404, '<title>Welcome to nginx!</title>') },
    answers: {},
    expect: 'pass',
  },
  { name: 'no HTTP', greeting: {}, answers: {}, expect: 'nothing' },
];

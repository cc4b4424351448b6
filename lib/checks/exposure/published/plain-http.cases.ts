import { type ProbeCase, page } from '../probe.ts';

const answer = (...args: Parameters<typeof page>) => page(...args) as Extract<ReturnType<typeof page>, { is: 'http' }>;

export const cases: readonly ProbeCase[] = [
  {
    name: 'a page over plain HTTP',
    greeting: { http: 'plain', page: answer(200, '<html>') },
    answers: {},
    expect: 'fail',
    severity: 'low',
  },
  {
    name: 'a redirect that stays on plain HTTP',
    greeting: { http: 'plain', page: answer(302, '', { location: 'http://shop.example/?token=s3cr3t' }) },
    answers: {},
    expect: 'fail',
    hides: 's3cr3t',
  },
  {
    name: 'a redirect to TLS',
    greeting: { http: 'plain', page: answer(308, '', { location: 'https://shop.example/' }) },
    answers: {},
    expect: 'pass',
    says: '308',
  },
  { name: 'TLS alone', greeting: { http: 'tls', page: answer(200) }, answers: {}, expect: 'nothing' },
  { name: 'no HTTP at all', greeting: { banner: '220 mail' }, answers: {}, expect: 'nothing' },
];

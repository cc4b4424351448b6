import { none, type ProbeCase, page } from '../probe.ts';

const plain = { http: 'plain' } as const;

/** What every probe that asks over HTTP must bear: other software, its login page, a server that hangs up, a client that is kept waiting. */
export const usualCases: readonly ProbeCase[] = [
  {
    name: 'other software on the port',
    greeting: plain,
    answers: {},
    otherwise: page(200, '<html><title>Shop</title><form action="/login">'),
    expect: 'nothing',
  },
  { name: 'other software that knows no such path', greeting: plain, answers: {}, otherwise: page(404, 'not found'), expect: 'nothing' },
  { name: 'no HTTP', greeting: {}, answers: {}, expect: 'nothing' },
  { name: 'no answer in time', greeting: plain, answers: {}, otherwise: none('timed-out'), expect: 'unknown' },
  { name: 'a hostile answer', greeting: plain, answers: {}, otherwise: none('hostile'), expect: 'unknown' },
];

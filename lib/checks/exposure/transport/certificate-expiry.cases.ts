import type { ProbeCase } from '../probe.ts';
import { issued, sent } from './certificates.ts';

const until = (notAfter: string) => sent(issued({ notAfter }));

export const cases: readonly ProbeCase[] = [
  {
    name: 'ran out yesterday',
    greeting: until('2025-12-31T00:00:00.000Z'),
    answers: {},
    expect: 'fail',
    severity: 'critical',
    says: '2025-12-31',
  },
  { name: 'six days left', greeting: until('2026-01-07T00:00:00.000Z'), answers: {}, expect: 'fail', severity: 'high' },
  { name: 'four weeks left', greeting: until('2026-01-29T00:00:00.000Z'), answers: {}, expect: 'fail', severity: 'medium' },
  { name: 'thirty days left', greeting: until('2026-01-31T00:00:00.000Z'), answers: {}, expect: 'pass' },
  {
    name: 'made for tomorrow',
    greeting: sent(issued({ notBefore: '2026-01-02T00:00:00.000Z' })),
    answers: {},
    expect: 'fail',
    severity: 'high',
  },
  {
    name: 'an authority in between has run out',
    greeting: sent(issued(), issued({ subject: 'CN=between', notAfter: '2025-01-01T00:00:00.000Z' })),
    answers: {},
    expect: 'fail',
    severity: 'critical',
    says: 'CN=between',
  },
  {
    name: 'a root that was sent along has run out',
    greeting: sent(issued(), issued({ isSelfSigned: true, notAfter: '2025-01-01T00:00:00.000Z' })),
    answers: {},
    expect: 'pass',
  },
  {
    name: 'a name with an address in it',
    greeting: sent(issued({ subject: 'emailAddress=jane.doe@example.com', notAfter: '2025-01-01T00:00:00.000Z' })),
    answers: {},
    expect: 'fail',
    hides: 'jane.doe',
  },
  { name: 'as kubeadm leaves it', greeting: sent(issued()), answers: {}, expect: 'pass' },
  { name: 'sent none', greeting: sent(), answers: {}, expect: 'unknown' },
];

import type { ProbeCase } from '../probe.ts';
import { issued, sent } from './certificates.ts';

export const cases: readonly ProbeCase[] = [
  {
    name: 'an administrator signed in person',
    greeting: sent(issued({ emails: ['jane.doe@example.com'] })),
    answers: {},
    expect: 'fail',
    severity: 'low',
    says: '@example.com',
    hides: 'jane.doe',
  },
  { name: 'in the authority', greeting: sent(issued(), issued({ emails: ['ca@example.com'] })), answers: {}, expect: 'fail' },
  { name: 'as kubeadm leaves it', greeting: sent(issued()), answers: {}, expect: 'pass' },
  { name: 'sent none', greeting: sent(), answers: {}, expect: 'unknown' },
];

import type { ProbeCase } from '../probe.ts';

export const cases: readonly ProbeCase[] = [
  {
    name: 'in reach',
    greeting: { banner: 'SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n' },
    answers: {},
    expect: 'fail',
    severity: 'low',
    says: 'OpenSSH_9.2p1',
  },
  { name: 'with lines before', greeting: { banner: 'Authorized use only\r\nSSH-2.0-dropbear\r\n' }, answers: {}, expect: 'fail' },
  { name: 'version 1', greeting: { banner: 'SSH-1.99-Cisco-1.25\n' }, answers: {}, expect: 'fail', severity: 'high' },
  { name: 'something else', greeting: { banner: '220 mail.example ESMTP\r\n' }, answers: {}, expect: 'nothing' },
  { name: 'says nothing', answers: {}, expect: 'nothing' },
];

import type { ProbeCase } from '../probe.ts';
import { issued, sent } from './certificates.ts';

const naming = (...names: readonly string[]): Pick<ProbeCase, 'greeting' | 'answers'> => ({
  greeting: sent(issued({ names })),
  answers: {},
});

export const cases: readonly ProbeCase[] = [
  { name: 'as kubeadm leaves it', greeting: sent(issued()), answers: {}, expect: 'fail', severity: 'info', says: 'IP Address:10.96.0.1' },
  { name: 'a domain of the inside', ...naming('DNS:shop.example.com', 'DNS:vcenter.corp'), expect: 'fail', says: 'DNS:vcenter.corp' },
  { name: 'public names only', ...naming('DNS:shop.example.com', 'DNS:*.example.com', 'IP Address:34.120.7.9'), expect: 'pass' },
  { name: 'loopback is everywhere', ...naming('DNS:localhost', 'IP Address:127.0.0.1', 'IP Address:0:0:0:0:0:0:0:1'), expect: 'pass' },
  { name: 'the address that was asked is no news', ...naming('IP Address:10.0.0.4'), expect: 'pass' },
  { name: 'sent none', greeting: sent(), answers: {}, expect: 'unknown' },
];

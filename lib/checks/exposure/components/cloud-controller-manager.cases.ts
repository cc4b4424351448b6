import { usualCases } from '../add-ons/usual-cases.ts';
import { type ProbeCase, page } from '../probe.ts';

export const cases: readonly ProbeCase[] = [
  ...usualCases,
  {
    name: 'its metrics',
    greeting: { http: 'tls' },
    answers: { 'GET /metrics over TLS': page(200, '# HELP cloudprovider_vsphere_vcenter_versions [ALPHA] Versions\n') },
    otherwise: page(403),
    expect: 'fail',
    severity: 'medium',
  },
  {
    name: 'its health',
    greeting: { http: 'tls' },
    answers: { 'GET /healthz over TLS': page(200, 'ok') },
    otherwise: page(403),
    expect: 'fail',
    severity: 'low',
  },
  { name: 'a login', greeting: { http: 'tls' }, answers: {}, otherwise: page(403), expect: 'pass' },
];

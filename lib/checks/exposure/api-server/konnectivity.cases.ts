import { none, type ProbeCase, page } from '../probe.ts';

const at = (port: number, role = 'control-plane'): NonNullable<ProbeCase['door']> => ({
  port,
  subject: { kind: 'Node', name: 'cp1', node: 'cp1', role, port: `${port}/tcp` },
});
const accepted = { is: 'tls', accepted: true, chain: [] } as const;
const turnedDown = { is: 'tls', accepted: false, refusal: 'client-certificate', chain: [] } as const;

export const cases: readonly ProbeCase[] = [
  {
    name: 'agents without certificates',
    door: at(8132),
    greeting: { tls: accepted },
    answers: {},
    expect: 'fail',
    severity: 'medium',
    says: 'potential',
  },
  { name: 'agents with certificates', door: at(8132), greeting: { tls: turnedDown }, answers: {}, expect: 'fail', severity: 'low' },
  {
    name: 'metrics',
    door: at(8133),
    greeting: { http: 'plain' },
    answers: {
      'GET /metrics': page(
        200,
        '# HELP go_goroutines x\n# HELP konnectivity_network_proxy_server_ready_backend_connections x\nbackend{node="n-secret"} 1\n',
      ),
    },
    expect: 'fail',
    severity: 'medium',
    hides: 'n-secret',
  },
  {
    name: 'health',
    door: at(8134),
    greeting: { http: 'plain' },
    answers: { 'GET /healthz': page(200, 'ok'), 'GET /readyz': page(200, 'ok') },
    expect: 'fail',
    severity: 'info',
  },
  {
    name: 'metrics of something else',
    door: at(8133),
    greeting: { http: 'plain' },
    answers: { 'GET /metrics': page(200, '# HELP up x\n') },
    expect: 'nothing',
  },
  { name: 'on a worker', door: at(8132, 'worker'), greeting: { tls: accepted }, answers: {}, expect: 'nothing' },
  { name: 'no TLS on 8132', door: at(8132), greeting: { banner: 'hi' }, answers: {}, expect: 'nothing' },
  { name: 'gives no answer', door: at(8133), greeting: { http: 'plain' }, answers: {}, otherwise: none('timed-out'), expect: 'unknown' },
];

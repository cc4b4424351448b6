import { none, type ProbeCase, page } from '../probe.ts';
import { refused } from './kubernetes.ts';

const configuration = JSON.stringify({
  issuer: 'https://kubernetes.default.svc.cluster.local',
  jwks_uri: 'https://10.9.8.7:6443/openid/v1/jwks',
  response_types_supported: ['id_token'],
});
const keys = JSON.stringify({ keys: [{ use: 'sig', kty: 'RSA', kid: 'M13YGtx9', alg: 'RS256', n: 'uTI11I8e7m0z', e: 'AQAB' }] });

export const cases: readonly ProbeCase[] = [
  {
    name: 'open to everybody',
    greeting: { http: 'tls' },
    answers: {
      'GET /.well-known/openid-configuration over TLS': page(200, configuration),
      'GET /openid/v1/jwks over TLS': page(200, keys),
    },
    expect: 'fail',
    severity: 'info',
    says: '1 public key',
    hides: 'uTI11I8e7m0z',
  },
  { name: 'as kubeadm leaves it', greeting: { http: 'tls' }, answers: {}, otherwise: page(403, refused(403)), expect: 'pass' },
  { name: 'JSON of something else', greeting: { http: 'tls' }, answers: {}, otherwise: page(200, '{"keys":[]}'), expect: 'nothing' },
  { name: 'gives no answer', greeting: { http: 'tls' }, answers: {}, otherwise: none('timed-out'), expect: 'unknown' },
];

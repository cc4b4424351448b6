import { none, type ProbeCase, page } from '../probe.ts';

const certificate = (...names: string[]) =>
  ({
    is: 'tls',
    accepted: true,
    chain: [
      {
        subject: 'O=nil2',
        issuer: 'O=nil1',
        isSelfSigned: false,
        notBefore: '2026-01-01T00:00:00Z',
        notAfter: '2126-01-01T00:00:00Z',
        names,
        keyType: 'ec',
        isAuthority: false,
        fingerprint: 'f00',
        emails: [],
      },
    ],
  }) as const;
const tls = certificate('DNS:ingress-nginx-controller-admission', 'DNS:ingress-nginx-controller-admission.ingress-nginx.svc');

export const cases: readonly ProbeCase[] = [
  {
    name: 'answers from outside',
    greeting: { http: 'tls', tls },
    answers: { 'GET /networking/v1/ingresses over TLS': page(400) },
    expect: 'fail',
    severity: 'high',
  },
  {
    name: 'answers a pod',
    door: { place: 'service' },
    greeting: { http: 'tls', tls },
    answers: { 'GET /networking/v1/ingresses over TLS': page(400) },
    expect: 'fail',
    severity: 'medium',
  },
  {
    name: 'another webhook with such a certificate',
    greeting: { http: 'tls', tls: certificate('DNS:prometheus-admission') },
    answers: { 'GET /networking/v1/ingresses over TLS': page(404, '404 page not found') },
    expect: 'nothing',
  },
  {
    name: 'another server that turns the question down',
    greeting: { http: 'tls', tls: certificate('DNS:shop.example') },
    answers: { 'GET /networking/v1/ingresses over TLS': page(400) },
    expect: 'nothing',
  },
  { name: 'plain HTTP', greeting: { http: 'plain' }, answers: {}, expect: 'nothing' },
  { name: 'gives no answer', greeting: { http: 'tls', tls }, answers: {}, otherwise: none('timed-out'), expect: 'unknown' },
];

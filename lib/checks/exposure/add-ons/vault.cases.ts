import { type ProbeCase, page } from '../probe.ts';
import { usualCases } from './usual-cases.ts';

export const cases: readonly ProbeCase[] = [
  {
    name: 'not initialised',
    greeting: { http: 'tls' },
    answers: {
      'GET /v1/sys/health?standbyok=true&perfstandbyok=true&sealedcode=200&uninitcode=200 over TLS': page(
        200,
        '{"initialized":false,"sealed":false,"standby":false,"server_time_utc":1,"version":"1.15.2","cluster_name":"vault-cluster-1"}\n',
      ),
    },
    expect: 'fail',
    severity: 'high',
  },
  {
    name: 'plain HTTP',
    greeting: { http: 'plain' },
    answers: {
      'GET /v1/sys/health?standbyok=true&perfstandbyok=true&sealedcode=200&uninitcode=200': page(
        200,
        '{"initialized":true,"sealed":false,"standby":false,"server_time_utc":1,"version":"1.15.2","cluster_name":"vault-cluster-1"}\n',
      ),
    },
    expect: 'fail',
    severity: 'medium',
  },
  {
    name: 'initialised, over TLS',
    greeting: { http: 'tls' },
    answers: {
      'GET /v1/sys/health?standbyok=true&perfstandbyok=true&sealedcode=200&uninitcode=200 over TLS': page(
        200,
        '{"initialized":true,"sealed":false,"standby":false,"server_time_utc":1,"version":"1.15.2","cluster_name":"vault-cluster-1"}\n',
      ),
    },
    expect: 'pass',
    says: '1.15.2',
  },
  ...usualCases,
];

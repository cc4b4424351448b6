import { type ProbeCase, page } from '../probe.ts';
import { usualCases } from './usual-cases.ts';

export const cases: readonly ProbeCase[] = [
  {
    name: 'a list of buckets',
    greeting: { http: 'plain' },
    answers: {
      'GET /': page(200, '<?xml version="1.0"?><ListAllMyBucketsResult><Buckets><Bucket><Name>backup</Name>', { server: 'MinIO' }),
    },
    otherwise: page(403, '', { server: 'MinIO' }),
    expect: 'fail',
    severity: 'high',
  },
  {
    name: 'metrics',
    greeting: { http: 'plain' },
    answers: {
      'GET /': page(403, '<Error><Code>AccessDenied</Code></Error>', { server: 'MinIO' }),
      'GET /minio/v2/metrics/cluster': page(200, '# HELP x\nminio_bucket_usage_total_bytes{bucket="backup"} 1\n'),
    },
    expect: 'fail',
    severity: 'low',
  },
  {
    name: 'asks for a key',
    greeting: { http: 'plain' },
    answers: {
      'GET /': page(403, '<Error><Code>AccessDenied</Code></Error>', { server: 'MinIO' }),
      'GET /minio/v2/metrics/cluster': page(403, '', { server: 'MinIO' }),
    },
    expect: 'pass',
  },
  ...usualCases,
];

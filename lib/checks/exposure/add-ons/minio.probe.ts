import { defineProbe } from '../probe.ts';
import { decidedBy, isCalled, says } from './signs.ts';

const isMinio = ({ server = '' }: Readonly<Record<string, string>>): boolean => /^MinIO/i.test(server);

export const minio = defineProbe({
  id: 'exposure/add-ons/minio',
  covers: ['ADD-07'],
  title: 'MinIO lists its buckets and figures to nobody without a key',
  severity: 'high',
  why: 'Buckets hold backups, logs and state of applications; a list of them is the way to read what a policy left open.',
  repair: 'Take policies that allow `s3:ListAllMyBuckets` to `*` away, and leave `MINIO_PROMETHEUS_AUTH_TYPE` at `jwt`.',
  techniques: ['T1133', 'T1613'],
  references: ['https://min.io/docs/minio/linux/administration/identity-access-management.html'],
  intrusiveness: 'reading',
  leaves: 'A line in the log of MinIO, if it logs requests.',
  doors: {
    places: ['published', 'service', 'node'],
    ports: [9000],
    recognise: (door) => isMinio(door.greeting.page?.headers ?? {}) || isCalled(door, /minio/),
  },
  ...decidedBy(
    {
      path: '/',
      shows: ({ status, headers, body }) => status === 200 && isMinio(headers) && /<ListAllMyBucketsResult/.test(body),
      outcome: 'fail',
      message: 'MinIO lists its buckets to anybody who can reach it.',
      found: 'a list of buckets',
    },
    {
      path: '/minio/v2/metrics/cluster',
      shows: says(/^minio_/m),
      outcome: 'fail',
      severity: 'low',
      message: 'MinIO gives its figures, with the names of buckets and servers, to anybody who can reach it.',
      found: 'metrics of MinIO',
    },
    {
      path: '/',
      shows: ({ status, headers, body }) => status === 403 && isMinio(headers) && /AccessDenied/.test(body),
      outcome: 'pass',
      message: 'MinIO asks for a key.',
      found: 'access denied',
    },
  ),
});

import { S3Client } from '@aws-sdk/client-s3';
import { failed, type Result, succeed } from '../../core/failure.ts';
import type { EvidenceSource } from '../../ports/evidence-source.ts';
import { createEvidencePrefix } from '../local/evidence-prefix.ts';
import { createS3Objects } from './s3-objects.ts';

/** Evidence in a bucket that a verifier may read: `s3://bucket/prefix`, with credentials and region as every AWS tool finds them. */
export const openEvidenceBucket = async (url: string, now: () => string): Promise<Result<EvidenceSource>> => {
  const [, bucket, prefix = ''] = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/.exec(url) ?? [];
  if (bucket === undefined) return failed('input-invalid', `${url} names no bucket; write s3://bucket or s3://bucket/prefix.`);
  const client = new S3Client({ followRegionRedirects: true });
  try {
    await client.config.region();
  } catch {
    return failed('input-invalid', 'No AWS region is set; set AWS_REGION to that of the bucket.');
  }
  return succeed(createEvidencePrefix(createS3Objects(client, { bucket, now }), prefix));
};

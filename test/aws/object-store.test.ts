import { randomUUID } from 'node:crypto';
import { CreateBucketCommand, PutBucketVersioningCommand, S3Client } from '@aws-sdk/client-s3';
import { createS3Objects } from '../../lib/adapters/aws/s3-objects.ts';
import { describeObjectStore } from '../contracts/object-store.contract.ts';
import { emulated } from './emulator.ts';

describeObjectStore('S3', async () => {
  const client = new S3Client({ ...emulated(), forcePathStyle: true });
  const bucket = `evidence-${randomUUID()}`;
  await client.send(
    new CreateBucketCommand({
      Bucket: bucket,
      ObjectLockEnabledForBucket: true,
      CreateBucketConfiguration: { LocationConstraint: 'eu-central-1' },
    }),
  );
  await client.send(new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  return {
    store: createS3Objects(client, { bucket, now: () => new Date().toISOString(), pageSize: 5 }),
    download: (url) => fetch(url),
    gaps: ['links', 'gone-marker'],
    close: () => client.destroy(),
  };
});

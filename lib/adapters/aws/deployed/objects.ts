import { S3Client } from '@aws-sdk/client-s3';
import type { ObjectStore } from '../../../ports/object-store.ts';
import { systemClock } from '../../local/system-clock.ts';
import { createS3Objects } from '../s3-objects.ts';

export const openObjects = (bucket: string, lockMode: string | undefined): ObjectStore =>
  createS3Objects(new S3Client({}), { bucket, now: systemClock.now, lockMode: lockMode === 'COMPLIANCE' ? lockMode : 'GOVERNANCE' });

import { S3Client } from '@aws-sdk/client-s3';
import type { ObjectStore } from '../../../ports/object-store.ts';
import { systemClock } from '../../local/system-clock.ts';
import { createS3Objects } from '../s3-objects.ts';

/** How what is stored is locked, as the settings say it; functions that store nothing have none. */
export interface LockSettings {
  readonly mode: string | undefined;
  readonly days: string | undefined;
}

export const openObjects = (bucket: string, { mode, days = '0' }: LockSettings): ObjectStore =>
  createS3Objects(new S3Client({}), {
    bucket,
    now: systemClock.now,
    lockMode: mode === 'COMPLIANCE' ? mode : 'GOVERNANCE',
    lockDays: Number(days),
  });

import { setTimeout as wait } from 'node:timers/promises';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  type ObjectLockMode,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { failed, type Result, succeed } from '../../core/failure.ts';
import { addDays, readTime, timeOf, toDate } from '../../core/time.ts';
import type { ObjectStore, PutOptions, StoredObject } from '../../ports/object-store.ts';
import {
  alteredBytes,
  badKey,
  dispositionOf,
  examineDownload,
  examinePut,
  foreignCursor,
  isObjectKey,
  isPrefix,
  listCursor,
  noObject,
  otherBytes,
  readListCursor,
  sha256Of,
  stillRetained,
} from '../rules/objects.ts';
import { nameOf, orAwsTrouble } from './trouble.ts';

export interface S3ObjectsOptions {
  /** A bucket with versioning; with Object Lock when anything is to be retained. Encryption (KMS key, bucket key) is the bucket's default. */
  readonly bucket: string;
  /** Default `GOVERNANCE`: a special right can still delete. `COMPLIANCE`: nobody can, not even the account's root, until the day has come. */
  readonly lockMode?: ObjectLockMode;
  /** Days for which a lock lasts at least, from now on: a day named for an object takes the place of the bucket's own lock, and could come before it. */
  readonly lockDays?: number;
  /** ISO time. */
  now(): string;
  /** Objects per page of a list; default 1000. */
  readonly pageSize?: number;
  /** Waits before a write that met another one is repeated. */
  readonly pause?: (ms: number) => Promise<unknown>;
}

/** How often a write is tried that meets another one of the same key (409). */
const tries = 5;
const hexOf = (base64: string): string => Buffer.from(base64, 'base64').toString('hex');
const statusOf = (error: unknown): number =>
  error instanceof Error && '$metadata' in error ? ((error.$metadata as { httpStatusCode?: number }).httpStatusCode ?? 0) : 0;
const isMissing = (error: unknown): boolean => ['NoSuchKey', 'NoSuchVersion', 'NotFound'].includes(nameOf(error));

type Listed = Pick<StoredObject, 'key' | 'size' | 'versionId'>;
const listedOf = ({ Versions = [] }: ListObjectVersionsCommandOutput): readonly Listed[] =>
  Versions.flatMap(({ Key, Size = 0, VersionId, IsLatest }) =>
    IsLatest && Key && VersionId ? [{ key: Key, size: Size, versionId: VersionId }] : [],
  );

/** Objects in an S3 bucket. */
export const createS3Objects = (client: S3Client, options: S3ObjectsOptions): ObjectStore => {
  const { bucket: Bucket, lockMode = 'GOVERNANCE', pageSize = 1000, pause = wait } = options;

  const retention = (retainUntil: string | undefined) => {
    if (retainUntil === undefined) return {};
    const now = options.now();
    const least = addDays(now, options.lockDays ?? 0);
    const until = timeOf(retainUntil) > timeOf(least) ? retainUntil : least;
    // S3 refuses a day that is past: a step that is repeated late has nothing to retain any more
    return until === now ? {} : { ObjectLockMode: lockMode, ObjectLockRetainUntilDate: toDate(until) };
  };

  const read = async (Key: string, VersionId?: string): Promise<Result<{ readonly object: StoredObject; readonly body: Uint8Array }>> => {
    try {
      const answer = await client.send(new GetObjectCommand({ Bucket, Key, ...(VersionId !== undefined && { VersionId }) }));
      const body = (await answer.Body?.transformToByteArray()) ?? new Uint8Array();
      const object = {
        key: Key,
        versionId: answer.VersionId ?? '',
        sha256: sha256Of(body),
        size: body.length,
        contentType: answer.ContentType ?? 'application/octet-stream',
      };
      return succeed({ object, body });
    } catch (error) {
      // a version id that is none is refused as a bad argument
      if (isMissing(error) || (VersionId !== undefined && statusOf(error) === 400)) return noObject;
      throw error;
    }
  };

  /** What is there under a key: by the checksum that S3 keeps, or else by its bytes. */
  const newest = async (Key: string): Promise<Result<StoredObject>> => {
    try {
      const head = await client.send(new HeadObjectCommand({ Bucket, Key, ChecksumMode: 'ENABLED' }));
      if (head.ChecksumSHA256 && head.ChecksumType !== 'COMPOSITE') {
        const { ContentLength: size = 0, ContentType: contentType = 'application/octet-stream', VersionId: versionId = '' } = head;
        return succeed({ key: Key, versionId, sha256: hexOf(head.ChecksumSHA256), size, contentType });
      }
    } catch (error) {
      if (isMissing(error)) return noObject;
      throw error;
    }
    const found = await read(Key);
    return found.ok ? succeed(found.value.object) : found;
  };

  const put = async (key: string, body: Uint8Array, { contentType, retainUntil }: PutOptions): Promise<Result<StoredObject>> => {
    const sha256 = sha256Of(body);
    const command = new PutObjectCommand({
      Bucket,
      Key: key,
      Body: body,
      ContentType: contentType,
      IfNoneMatch: '*',
      ChecksumAlgorithm: 'SHA256',
      ChecksumSHA256: Buffer.from(sha256, 'hex').toString('base64'),
      ...retention(retainUntil),
    });
    for (let tried = 1; ; tried += 1) {
      try {
        const { VersionId } = await client.send(command);
        return VersionId === undefined
          ? failed('output-failed', `The bucket ${Bucket} keeps no versions, so its evidence could be overwritten. Switch versioning on.`)
          : succeed({ key, versionId: VersionId, sha256, size: body.length, contentType });
      } catch (error) {
        if (statusOf(error) === 409 && tried < tries) {
          await pause(50 * 2 ** tried);
          continue;
        }
        if (statusOf(error) === 409) return failed('timed-out', 'Others are writing this object just now. Try again.');
        if (statusOf(error) !== 412) throw error;
        const there = await newest(key);
        return there.ok && there.value.sha256 !== sha256 ? otherBytes : there;
      }
    }
  };

  const isRetained = async (Key: string, VersionId: string): Promise<boolean> => {
    const head = await client.send(new HeadObjectCommand({ Bucket, Key, VersionId })).catch(() => undefined);
    return (head?.ObjectLockRetainUntilDate?.getTime() ?? 0) > (readTime(options.now()) ?? 0);
  };

  const list = async (prefix: string, after: string | undefined) => {
    const command = new ListObjectVersionsCommand({
      Bucket,
      Prefix: prefix,
      MaxKeys: pageSize,
      ...(after !== undefined && { KeyMarker: after }),
    });
    const answer = await client.send(command);
    // a key's newest version comes first: what a page does not show of its last key is of no interest, and a key is a place that stays when versions go
    const last = [...(answer.Versions ?? []), ...(answer.DeleteMarkers ?? [])]
      .map(({ Key = '' }) => Key)
      .toSorted()
      .at(-1);
    return succeed({ objects: listedOf(answer), ...(answer.IsTruncated && last !== undefined && { next: listCursor(prefix, [last]) }) });
  };

  return {
    putIfAbsent: async (key, body, putOptions) => {
      const examined = examinePut(key, putOptions);
      return examined.ok ? orAwsTrouble('s3:PutObject', () => put(key, body, putOptions)) : examined;
    },
    get: async (key, version = {}) => {
      if (!isObjectKey(key)) return badKey;
      const found = await orAwsTrouble('s3:GetObjectVersion', () => read(key, version.versionId));
      return found.ok && version.sha256 !== undefined && version.sha256 !== found.value.object.sha256 ? alteredBytes : found;
    },
    list: async (prefix, cursor) => {
      if (!isPrefix(prefix)) return badKey;
      const position = cursor === undefined ? [undefined] : readListCursor(prefix, cursor);
      return position ? orAwsTrouble('s3:ListBucketVersions', () => list(prefix, position[0])) : foreignCursor;
    },
    temporaryUrl: async ({ key, versionId }, download) => {
      const examined = examineDownload(key, download);
      if (!examined.ok) return examined;
      const command = new GetObjectCommand({
        Bucket,
        Key: key,
        VersionId: versionId,
        ResponseContentDisposition: dispositionOf(download.fileName),
      });
      return orAwsTrouble('s3:GetObjectVersion', async () => succeed(await getSignedUrl(client, command, { expiresIn: download.seconds })));
    },
    remove: async ({ key, versionId }) => {
      if (!isObjectKey(key)) return succeed(undefined);
      return orAwsTrouble('s3:DeleteObjectVersion', async (): Promise<Result<void>> => {
        try {
          await client.send(new DeleteObjectCommand({ Bucket, Key: key, VersionId: versionId }));
        } catch (error) {
          // S3 gives no reason; without a lock it is the role that lacks the right, and the sentence must not send anybody the wrong way
          if (statusOf(error) === 403) return (await isRetained(key, versionId)) ? stillRetained : Promise.reject(error);
          if (!isMissing(error) && statusOf(error) !== 400) throw error;
        }
        return succeed(undefined);
      });
    },
  };
};

import { createHash, randomUUID } from 'node:crypto';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
  S3Client,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emulated, gaps } from './emulator.ts';

// Before a contract run on an emulator means anything, the emulator shows that it holds what the contract asks; what it does not hold is in the table, and proven as well.

const client = new S3Client({ ...emulated(), forcePathStyle: true });
const Bucket = `probe-${randomUUID()}`;
const put = (Key: string, Body: string, more: Partial<PutObjectCommandInput> = {}) =>
  client.send(new PutObjectCommand({ Bucket, Key, Body, ...more }));
const read = async (Key: string, VersionId?: string) =>
  (await client.send(new GetObjectCommand({ Bucket, Key, ...(VersionId && { VersionId }) }))).Body?.transformToString();

beforeAll(async () => {
  await client.send(
    new CreateBucketCommand({
      Bucket,
      ObjectLockEnabledForBucket: true,
      CreateBucketConfiguration: { LocationConstraint: 'eu-central-1' },
    }),
  );
  await client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
});
afterAll(() => {
  console.table(Object.values(gaps));
  client.destroy();
});

describe('the emulator holds', () => {
  it('that the second conditional write fails', async () => {
    await put('once', 'first', { IfNoneMatch: '*' });
    await expect(put('once', 'second', { IfNoneMatch: '*' })).rejects.toMatchObject({ $metadata: { httpStatusCode: 412 } });
    expect(await read('once')).toBe('first');
  });

  it('that versioning keeps the old version', async () => {
    const { VersionId } = await put('versions', 'old');
    await put('versions', 'new');
    expect([await read('versions', VersionId), await read('versions')]).toEqual(['old', 'new']);
  });

  it('that a locked version cannot be deleted', async () => {
    const { VersionId } = await put('locked', 'kept', {
      ChecksumAlgorithm: 'SHA256',
      ObjectLockMode: 'GOVERNANCE',
      ObjectLockRetainUntilDate: new Date(Date.now() + 3600_000),
    });
    await expect(client.send(new DeleteObjectCommand({ Bucket, Key: 'locked', VersionId }))).rejects.toMatchObject({
      name: 'AccessDenied',
    });
    expect(await read('locked', VersionId)).toBe('kept');
  });
});

describe('the emulator does not hold', () => {
  it(gaps.checksum.promise, async () => {
    await put('wrong', 'these bytes', { ChecksumSHA256: createHash('sha256').update('other bytes').digest('base64') });
    expect(await read('wrong')).toBe('these bytes');
  });

  it(`${gaps.tamperedLink.promise}, or ${gaps.expiredLink.promise}`, async () => {
    await put('link', 'linked');
    const url = await getSignedUrl(client, new GetObjectCommand({ Bucket, Key: 'link' }), { expiresIn: 60 });
    const tampered = url.replace(/X-Amz-Signature=[0-9a-f]{4}/, 'X-Amz-Signature=0000');
    expect((await fetch(tampered)).status).toBe(200);
    const past = await getSignedUrl(client, new GetObjectCommand({ Bucket, Key: 'link' }), {
      expiresIn: 60,
      signingDate: new Date(Date.now() - 3600_000),
    });
    expect((await fetch(past)).status).toBe(200);
  });

  it(gaps.goneMarker.promise, async () => {
    for (const key of ['list/a', 'list/c', 'list/d']) await put(key, key);
    const { Versions = [] } = await client.send(new ListObjectVersionsCommand({ Bucket, Prefix: 'list/', KeyMarker: 'list/b' }));
    expect(Versions.map(({ Key }) => Key)).toEqual(['list/d']);
  });
});

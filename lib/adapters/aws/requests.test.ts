import { createHash, createHmac, generateKeyPairSync } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';
import { SNSClient } from '@aws-sdk/client-sns';
import { afterEach, describe, expect, it } from 'vitest';
import { makeEvents } from '../../../test/contracts/events.contract.ts';
import { codeOf, must, sayOf } from '../../../test/support/answers.ts';
import { answerJson, type Handler, startServer, type TestServer } from '../../../test/support/https-server.ts';
import { createDynamoRecords } from './dynamo-records.ts';
import { createEventBridgeEvents } from './eventbridge-events.ts';
import { createKmsSigner } from './kms-signer.ts';
import { createS3Objects } from './s3-objects.ts';
import { createSnsEvents } from './sns-events.ts';

// What AWS is asked, to the letter: these hold the promises that no emulator keeps (see `gaps` in test/aws/emulator.ts), and failures that no emulator makes.

let server: TestServer;
afterEach(() => server.close());
const secretAccessKey = 'made-up-secret';
const listen = async (handler: Handler) => {
  server = await startServer(handler);
  return { endpoint: server.url, region: 'eu-central-1', credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey } };
};
const s3 = async (handler: Handler, lockDays?: number) => {
  const client = new S3Client({ ...(await listen(handler)), forcePathStyle: true });
  return createS3Objects(client, {
    bucket: 'evidence',
    lockMode: 'COMPLIANCE',
    ...(lockDays === undefined ? {} : { lockDays }),
    now: () => '2026-11-27T12:00:00.000Z',
    pause: async () => undefined,
  });
};
const xml = (response: ServerResponse, status: number, body: string, headers: Record<string, string> = {}) =>
  response.writeHead(status, { 'content-type': 'application/xml', ...headers }).end(body);
const s3Error = (response: ServerResponse, status: number, code: string) =>
  xml(response, status, `<Error><Code>${code}</Code><Message>no</Message></Error>`);
const text = { contentType: 'text/plain' };
const body = Buffer.from('evidence');
const sha256 = createHash('sha256').update(body).digest();

describe('S3', () => {
  it('is given the checksum, the condition, the type and the lock with the bytes', async () => {
    const store = await s3((_, response) => xml(response, 200, '', { 'x-amz-version-id': 'v1' }));
    must(await store.putIfAbsent('a/b.txt', body, { ...text, retainUntil: '2027-01-01T00:00:00.000Z' }));
    const [request] = server.received;
    expect(request).toMatchObject({ method: 'PUT', body: 'evidence' });
    expect(request?.url.split('?')[0]).toBe('/evidence/a/b.txt');
    expect(request?.headers).toMatchObject({
      'if-none-match': '*',
      'x-amz-checksum-sha256': sha256.toString('base64'),
      'content-type': 'text/plain',
      'x-amz-object-lock-mode': 'COMPLIANCE',
      'x-amz-object-lock-retain-until-date': expect.stringMatching(/^2027-01-01T00:00:00(\.000)?Z$/),
    });
    // the signature covers them: nobody on the way changes or drops one
    expect(request?.headers.authorization).toMatch(/SignedHeaders=[^,]*if-none-match[^,]*x-amz-checksum-sha256[^,]*x-amz-object-lock-mode/);
  });

  it('is not asked to retain until a day that is past', async () => {
    const store = await s3((_, response) => xml(response, 200, '', { 'x-amz-version-id': 'v1' }));
    must(await store.putIfAbsent('a', body, { ...text, retainUntil: '2026-11-27T11:59:59.000Z' }));
    expect(server.received[0]?.headers).not.toHaveProperty('x-amz-object-lock-mode');
  });

  it.each([
    ['a day that comes before the least lock', '2026-11-28T12:00:00.000Z', '2026-12-07T12:00:00'],
    ['a day that is past', '2026-11-01T12:00:00.000Z', '2026-12-07T12:00:00'],
    ['a day after it', '2027-11-28T12:00:00.000Z', '2027-11-28T12:00:00'],
  ])('locks for the least number of days and longer, never shorter: %s', async (_, retainUntil, until) => {
    const store = await s3((_request, response) => xml(response, 200, '', { 'x-amz-version-id': 'v1' }), 10);
    must(await store.putIfAbsent('a', body, { ...text, retainUntil }));
    expect(server.received[0]?.headers['x-amz-object-lock-retain-until-date']).toContain(until);
  });

  it('gets a write again that met another one, and the failure says so when that never ends', async () => {
    const store = await s3((_, response, count) =>
      count < 3 ? s3Error(response, 409, 'ConditionalRequestConflict') : xml(response, 200, '', { 'x-amz-version-id': 'v1' }),
    );
    expect(must(await store.putIfAbsent('a', body, text)).versionId).toBe('v1');
    expect(server.received).toHaveLength(3);
    await server.close();
    const hopeless = await s3((_, response) => s3Error(response, 409, 'ConditionalRequestConflict'));
    expect(codeOf(await hopeless.putIfAbsent('a', body, text))).toBe('timed-out');
    expect(server.received).toHaveLength(5);
  });

  it.each([
    ['the same bytes', sha256.toString('base64'), 'ok'],
    ['other bytes', createHash('sha256').update('other').digest('base64'), 'conflict'],
  ])('says by its checksum that there are %s already', async (_, checksum, code) => {
    const store = await s3(({ method }, response) =>
      method === 'PUT'
        ? s3Error(response, 412, 'PreconditionFailed')
        : xml(response, 200, '', { 'x-amz-version-id': 'v0', 'x-amz-checksum-sha256': checksum, 'content-type': 'text/plain' }),
    );
    expect(codeOf(await store.putIfAbsent('a', body, text))).toBe(code);
    expect(server.received.map(({ method }) => method)).toEqual(['PUT', 'HEAD']);
    expect(server.received[1]?.headers['x-amz-checksum-mode']).toBe('ENABLED');
  });

  it('must keep versions', async () => {
    const store = await s3((_, response) => xml(response, 200, ''));
    expect(sayOf(await store.putIfAbsent('a', body, text))).toBe(
      'The bucket evidence keeps no versions, so its evidence could be overwritten. Switch versioning on.',
    );
  });

  it('is asked to list on after a key, whatever became of its versions', async () => {
    const version = (key: string) => `<Version><Key>${key}</Key><VersionId>v</VersionId><IsLatest>true</IsLatest><Size>1</Size></Version>`;
    const store = await s3((_, response) =>
      xml(
        response,
        200,
        `<ListVersionsResult><IsTruncated>true</IsTruncated>${version('p/a')}<DeleteMarker><Key>p/b</Key><VersionId>d</VersionId><IsLatest>true</IsLatest></DeleteMarker></ListVersionsResult>`,
      ),
    );
    const first = must(await store.list('p/'));
    expect(first.objects.map(({ key }) => key)).toEqual(['p/a']);
    must(await store.list('p/', first.next));
    const { searchParams } = new URL(server.received[1]?.url ?? '', server.url);
    expect([searchParams.get('prefix'), searchParams.get('key-marker'), searchParams.has('version-id-marker')]).toEqual([
      'p/',
      'p/b',
      false,
    ]);
  });

  it.each([
    [403, 'AccessDenied', 'permission-missing', 's3:PutObject'],
    [403, 'SignatureDoesNotMatch', 'credential-refused', 'SignatureDoesNotMatch'],
    [404, 'NoSuchBucket', 'output-failed', 'NoSuchBucket'],
  ])('answers %i %s, which is the failure %s', async (status, name, code, says) => {
    const store = await s3((_, response) => s3Error(response, status, name));
    const answer = await store.putIfAbsent('a', body, text);
    expect(codeOf(answer)).toBe(code);
    expect(sayOf(answer)).toContain(says);
  });

  it('refuses to delete: a right that is missing is not called a retention', async () => {
    const until = { 'x-amz-object-lock-mode': 'COMPLIANCE', 'x-amz-object-lock-retain-until-date': '2027-01-01T00:00:00Z' };
    const retained = await s3(({ method }, response) =>
      method === 'HEAD' ? xml(response, 200, '', until) : s3Error(response, 403, 'AccessDenied'),
    );
    expect(sayOf(await retained.remove({ key: 'a', versionId: 'v' }))).toMatch(/until its retention ends/);
    await server.close();
    const forbidden = await s3(({ method }, response) =>
      method === 'HEAD' ? xml(response, 200, '') : s3Error(response, 403, 'AccessDenied'),
    );
    expect(sayOf(await forbidden.remove({ key: 'a', versionId: 'v' }))).toMatch(/does not allow this role s3:DeleteObjectVersion/);
  });

  it('gets links whose signature covers the version, the name and the end, so that none can be changed', async () => {
    const store = await s3((_, response) => xml(response, 200, ''));
    const url = new URL(must(await store.temporaryUrl({ key: 'a/b.txt', versionId: 'v 1' }, { fileName: 'März.txt', seconds: 60 })));
    expect(server.received).toEqual([]);
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      versionId: 'v 1',
      'response-content-disposition': `attachment; filename="M_rz.txt"; filename*=UTF-8''M%C3%A4rz.txt`,
      'X-Amz-Expires': '60',
      'X-Amz-SignedHeaders': 'host',
    });
    // the signature as AWS will compute it (Signature Version 4), from everything but itself
    const signature = url.searchParams.get('X-Amz-Signature');
    const encode = (part: string) =>
      encodeURIComponent(part).replaceAll(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
    const query = [...url.searchParams]
      .filter(([name]) => name !== 'X-Amz-Signature')
      .map(([name, value]) => `${encode(name)}=${encode(value)}`)
      .toSorted()
      .join('&');
    const canonical = ['GET', url.pathname, query, `host:${url.host}\n`, 'host', 'UNSIGNED-PAYLOAD'].join('\n');
    const date = url.searchParams.get('X-Amz-Date') ?? '';
    const scope = [date.slice(0, 8), 'eu-central-1', 's3', 'aws4_request'];
    const toSign = ['AWS4-HMAC-SHA256', date, scope.join('/'), createHash('sha256').update(canonical).digest('hex')].join('\n');
    const hmac = (key: string | Buffer, part: string) => createHmac('sha256', key).update(part).digest();
    expect(hmac(scope.reduce<string | Buffer>(hmac, `AWS4${secretAccessKey}`), toSign).toString('hex')).toBe(signature);
  });
});

describe('EventBridge and SNS', () => {
  const pause = async () => undefined;

  it('get only those events again that they did not take', async () => {
    const events = makeEvents(12);
    const client = new EventBridgeClient(
      await listen(({ body: sent }, response, count) => {
        const { Entries } = JSON.parse(sent) as { Entries: unknown[] };
        const refused = (at: number) => count === 1 && (at === 3 || at === 7);
        answerJson(response, {
          FailedEntryCount: count === 1 ? 2 : 0,
          Entries: Entries.map((_, at) => (refused(at) ? { ErrorCode: 'ThrottlingException' } : { EventId: 'e' })),
        });
      }),
    );
    must(await createEventBridgeEvents(client, { bus: 'gatehouse', pause }).publish(events));
    const sent = server.received.map(({ body: one }) =>
      (JSON.parse(one) as { Entries: { Detail: string }[] }).Entries.map(
        ({ Detail }) => (JSON.parse(Detail) as { data: { at: number } }).data.at,
      ),
    );
    expect(sent).toEqual([
      [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
      [3, 7],
      [10, 11],
    ]);
    expect((JSON.parse(server.received[0]?.body ?? '') as { Entries: unknown[] }).Entries[0]).toMatchObject({
      EventBusName: 'gatehouse',
      Source: 'gatehouse',
      DetailType: 'scan.started',
      Time: 1795780800,
    });
  });

  it('are given up on in the end, with the reason', async () => {
    const client = new EventBridgeClient(
      await listen((_, response) => answerJson(response, { FailedEntryCount: 1, Entries: [{ ErrorCode: 'InternalFailure' }] })),
    );
    const answer = await createEventBridgeEvents(client, { bus: 'gatehouse', pause }).publish(makeEvents(1));
    expect(codeOf(answer)).toBe('timed-out');
    expect(sayOf(answer)).toBe('AWS did not take 1 of 1 events at events:PutEvents (InternalFailure). Try again.');
    expect(server.received).toHaveLength(4);
  });

  it('say by number which of a batch failed', async () => {
    const client = new SNSClient(
      await listen((_, response, count) => {
        const failedOnes = count === 1 ? '<member><Id>1</Id><Code>Throttled</Code><SenderFault>false</SenderFault></member>' : '';
        xml(
          response,
          200,
          `<PublishBatchResponse><PublishBatchResult><Successful/><Failed>${failedOnes}</Failed></PublishBatchResult></PublishBatchResponse>`,
        );
      }),
    );
    must(await createSnsEvents(client, { topicArn: 'arn:aws:sns:eu-central-1:123456789012:t', pause }).publish(makeEvents(3)));
    expect(
      server.received.map(({ body: sent }) => [...new URLSearchParams(sent).keys()].filter((name) => name.endsWith('.Message')).length),
    ).toEqual([3, 1]);
    expect(new URLSearchParams(server.received[1]?.body).get('PublishBatchRequestEntries.member.1.Message')).toContain('clusters/c1');
  });
});

describe('DynamoDB', () => {
  /** Loses its answer to the first write, as a network does, and refuses the second, which the SDK sends by itself. */
  const losing =
    (item: (write: unknown) => unknown): Handler =>
    ({ body: sent }, response, count) => {
      const { Item } = JSON.parse(sent) as { Item: { write: unknown } };
      if (count === 1) return void response.destroy();
      answerJson(
        response,
        { __type: 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException', message: 'no', Item: item(Item.write) },
        400,
      );
    };
  const put = async (handler: Handler) => {
    const client = new DynamoDBClient(await listen(handler));
    return createDynamoRecords(client, { table: 'core', now: () => '2026-11-27T12:00:00.000Z' }).put(
      { pk: 'p', sk: 's', data: {} },
      { absent: true },
    );
  };

  it('knows its own write again when the answer was lost', async () => {
    expect(codeOf(await put(losing((write) => ({ write }))))).toBe('ok');
    expect(server.received).toHaveLength(2);
    await server.close();
    expect(codeOf(await put(losing(() => ({ write: { S: 'of somebody else' } }))))).toBe('conflict');
  });

  it('is read strongly by key, and by the index when one is asked', async () => {
    const client = new DynamoDBClient(await listen((_, response) => answerJson(response, { Items: [] })));
    const store = createDynamoRecords(client, { table: 'core', now: () => '2026-11-27T12:00:00.000Z' });
    await store.get({ pk: 'p', sk: 's' });
    must(await store.query({ pk: 'p' }));
    must(await store.query({ pk: 'p', index: 'due', to: 'x' }));
    const sent = server.received.map(({ body: one }) => JSON.parse(one) as Record<string, unknown>);
    expect(sent[0]).toMatchObject({ ConsistentRead: true });
    expect(sent[1]).toMatchObject({ ConsistentRead: true, Limit: 100 });
    expect(sent[2]).toMatchObject({
      IndexName: 'due',
      ExpressionAttributeNames: { '#pk': 'duePk', '#sk': 'dueSk' },
      KeyConditionExpression: '#pk = :pk AND #sk <= :to',
    });
    expect(sent[2]).not.toHaveProperty('ConsistentRead');
  });
});

describe('KMS', () => {
  it('is given the hash of the bytes and told that it is one; its public key is asked for once', async () => {
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
    const PublicKey = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
    const client = new KMSClient(
      await listen(({ headers }, response) =>
        answerJson(
          response,
          headers['x-amz-target'] === 'TrentService.Sign' ? { Signature: Buffer.from('signature').toString('base64') } : { PublicKey },
        ),
      ),
    );
    const signer = createKmsSigner(client, { keyId: 'arn:key' });
    for (const _ of [1, 2]) expect(must(await signer.sign(body)).signature).toBe(Buffer.from('signature').toString('base64'));
    expect(server.received.map(({ headers }) => headers['x-amz-target'])).toEqual([
      'TrentService.GetPublicKey',
      'TrentService.Sign',
      'TrentService.Sign',
    ]);
    expect(JSON.parse(server.received[1]?.body ?? '')).toEqual({
      KeyId: 'arn:key',
      Message: sha256.toString('base64'),
      MessageType: 'DIGEST',
      SigningAlgorithm: 'ECDSA_SHA_256',
    });
  });
});

import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { makePki, type Pki } from '../../../test/support/certificates.ts';
import { connectionTo } from '../../../test/support/connection.ts';
import { answerJson, answerStatus, type Handler, type Received, startServer, type TestServer } from '../../../test/support/https-server.ts';
import type { ClusterAccess } from '../../ports/cluster-access.ts';
import { type ConnectOptions, connectTo } from './index.ts';

let pki: Pki;
let server: TestServer | undefined;
let access: ClusterAccess | undefined;
beforeAll(async () => {
  pki = await makePki();
});
afterEach(async () => {
  access?.close();
  await server?.close();
});

/** An API server that answers as told, and a client of it that hardly waits between tries. */
const ask = async (handler: Handler, options: ConnectOptions = {}) => {
  server = await startServer(handler, { certificate: pki.server });
  const connected = await connectTo(connectionTo(server.url, pki), { backoffMs: 1, ...options });
  if (!connected.ok) throw new Error(connected.failure.say);
  access = connected.value.access;
  return { access, received: server.received, url: server.url };
};

const Pod = z.object({ metadata: z.object({ name: z.string() }) });
const pods = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => ({ metadata: { name: `p${from + n}`, uid: 'x' } }));
const query = (request: Received, name: string): string | null => new URL(request.url, 'https://x').searchParams.get(name);

/** Answers a list of three pages; `meanwhile` may answer instead. */
const paged =
  (meanwhile: (token: string | null, response: ServerResponse, count: number) => boolean = () => false): Handler =>
  (request, response, count) => {
    const token = query(request, 'continue');
    if (meanwhile(token, response, count)) return;
    const from = Number(token ?? 0);
    answerJson(response, { metadata: { continue: from < 4 ? String(from + 2) : '', resourceVersion: '7' }, items: pods(from, from + 2) });
  };
const namesOf = async (client: ClusterAccess) => {
  const names: string[] = [];
  const read = await client.list('/api/v1/pods', Pod, ({ metadata }) => names.push(metadata.name));
  return { names, read };
};

describe('list', () => {
  it('reads every page, 500 items at most each, and keeps only what the schema names', async () => {
    const { access, received } = await ask(paged());
    const seen: unknown[] = [];
    expect(await access.list('/api/v1/pods', Pod, (pod) => seen.push(pod))).toEqual({ ok: true, value: { count: 6 } });
    expect(seen).toEqual(['p0', 'p1', 'p2', 'p3', 'p4', 'p5'].map((name) => ({ metadata: { name } })));
    expect(received.map(({ url }) => url)).toEqual([
      '/api/v1/pods?limit=500',
      '/api/v1/pods?limit=500&continue=2',
      '/api/v1/pods?limit=500&continue=4',
    ]);
    expect(access.requests).toBe(3);
  });

  it('asks with the query given', async () => {
    const { access, received } = await ask((_, response) => answerJson(response, { items: null }));
    expect(
      await access.list('/api/v1/secrets', Pod, () => undefined, { query: { fieldSelector: 'type=a/b', labelSelector: undefined } }),
    ).toEqual({
      ok: true,
      value: { count: 0 },
    });
    expect(received[0]?.url).toBe('/api/v1/secrets?fieldSelector=type%3Da%2Fb&limit=500');
  });

  it('asks for metadata only when told to', async () => {
    const { access, received } = await ask((_, response) => answerJson(response, { items: [] }));
    await access.list('/api/v1/secrets', Pod, () => undefined, { metadataOnly: true });
    expect(received[0]?.headers.accept).toBe('application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1');
  });

  it('begins again when its state expired half-way, and hands no item on twice', async () => {
    let expired = false;
    const { access } = await ask(
      paged((token, response) => {
        if (token !== '2' || expired) return false;
        expired = true;
        answerStatus(response, 410, 'The provided continue parameter is too old.');
        return true;
      }),
    );
    const { names, read } = await namesOf(access);
    expect(read).toEqual({ ok: true, value: { count: 6 } });
    expect(names).toEqual(['p0', 'p1', 'p2', 'p3', 'p4', 'p5']);
  });

  it('hands items on at once to who can forget them, and says when to', async () => {
    let expired = false;
    const { access } = await ask(
      paged((token, response) => {
        if (token !== '2' || expired) return false;
        expired = true;
        answerStatus(response, 410, 'too old');
        return true;
      }),
    );
    let seen: string[] = [];
    let restarts = 0;
    const onRestart = (): void => {
      restarts += 1;
      expect(seen).toEqual(['p0', 'p1']);
      seen = [];
    };
    await access.list('/api/v1/pods', Pod, ({ metadata }) => seen.push(metadata.name), { onRestart });
    expect(seen).toEqual(['p0', 'p1', 'p2', 'p3', 'p4', 'p5']);
    expect(restarts).toBe(1);
  });

  it('gives up on a list that keeps expiring', async () => {
    const { access, received } = await ask(
      paged((token, response) => {
        if (token === null) return false;
        answerStatus(response, 410, 'too old');
        return true;
      }),
    );
    const { names, read } = await namesOf(access);
    expect(read).toMatchObject({ ok: false, failure: { code: 'cluster-overloaded', say: expect.stringContaining('expired 4 times') } });
    expect(names).toEqual([]);
    expect(received).toHaveLength(8);
  });

  it('does not follow a page that points to itself', async () => {
    const { access } = await ask((_, response) => answerJson(response, { metadata: { continue: 'same' }, items: [] }));
    expect(await access.list('/api/v1/pods', Pod, () => undefined)).toMatchObject({
      ok: false,
      failure: { code: 'answer-invalid', say: expect.stringContaining('never ends') },
    });
  });

  it('names the item and the field that do not fit', async () => {
    const { access } = await ask((_, response) =>
      answerJson(response, { items: [{ metadata: { name: 'a' } }, { metadata: { name: 7 } }] }),
    );
    expect(await access.list('/api/v1/pods', Pod, () => undefined)).toMatchObject({
      failure: { code: 'answer-invalid', say: expect.stringContaining('pods, item 1 is not shaped as expected at metadata.name') },
    });
  });
});

describe('get', () => {
  const Version = z.object({ gitVersion: z.string() });

  it('keeps only what the schema names, and says who asks', async () => {
    const { access, received } = await ask((_, response) => answerJson(response, { gitVersion: 'v1.36.3', compiler: 'gc' }), {
      version: '0.1.0',
    });
    expect(await access.get('/version', Version)).toEqual({ ok: true, value: { gitVersion: 'v1.36.3' } });
    expect(received[0]).toMatchObject({ method: 'GET', url: '/version', client: 'kubernetes-admin' });
    expect(received[0]?.headers).toMatchObject({ accept: 'application/json', 'accept-encoding': 'gzip', 'user-agent': 'gatehouse/0.1.0' });
    expect(received[0]?.headers.authorization).toBeUndefined();
  });

  it('asks for the form given', async () => {
    const { access, received } = await ask((_, response) => answerJson(response, { gitVersion: 'x' }));
    await access.get('/flagz', Version, { accept: 'application/json;v=v1beta1;g=config.k8s.io;as=Flagz' });
    expect(received[0]?.headers.accept).toBe('application/json;v=v1beta1;g=config.k8s.io;as=Flagz');
  });

  it('reads a compressed answer', async () => {
    const { access } = await ask((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' });
      response.end(gzipSync(JSON.stringify({ gitVersion: 'v1.36.3' })));
    });
    expect(await access.get('/version', Version)).toEqual({ ok: true, value: { gitVersion: 'v1.36.3' } });
  });

  it('keeps a path of the server before every request', async () => {
    server = await startServer((_, response) => answerJson(response, { gitVersion: 'x' }), { certificate: pki.server });
    const connected = await connectTo(connectionTo(`${server.url}/k8s/clusters/c-1/`, pki));
    if (!connected.ok) throw new Error(connected.failure.say);
    await connected.value.access.get('/version', Version);
    connected.value.close();
    expect(server.received[0]?.url).toBe('/k8s/clusters/c-1/version');
    expect(connected.value.access.server).toBe(`${server.url}/k8s/clusters/c-1`);
  });

  it('uses one connection for requests that follow each other', async () => {
    const { access } = await ask((_, response) => answerJson(response, { gitVersion: 'x' }));
    for (let n = 0; n < 5; n += 1) await access.get('/version', Version);
    expect(server?.connections).toBe(1);
  });

  const answers: readonly [string, Handler, string, RegExp][] = [
    ['text that is not JSON', (_, response) => void response.end('<html>Please log in</html>'), 'answer-invalid', /is not JSON/],
    ['another shape', (_, response) => answerJson(response, { gitVersion: 1 }), 'answer-invalid', /not shaped as expected at gitVersion/],
    [
      'a redirection',
      (_, response) => void response.writeHead(302, { location: '/login' }).end(),
      'answer-invalid',
      /is no API server: it met GET \/version with status 302/,
    ],
    ['401', (_, response) => answerStatus(response, 401, 'Unauthorized'), 'credential-refused', /refused the client certificate/],
    ['404', (_, response) => answerStatus(response, 404, 'not found'), 'not-found', /has found no \/version/],
    ['406', (_, response) => answerStatus(response, 406, 'only'), 'version-unsupported', /in the form/],
    [
      '400',
      (_, response) => answerStatus(response, 400, 'container "x" is waiting to start'),
      'input-invalid',
      /\(400\): container "x" is waiting to start\.$/,
    ],
    [
      'a broken gzip',
      (_, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end('no gzip'),
      'answer-invalid',
      /is not the API server/,
    ],
  ];
  it.each(answers)('understands %s', async (_what, handler, code, say) => {
    const { access } = await ask(handler);
    expect(await access.get('/version', Version)).toEqual({ ok: false, failure: { code, say: expect.stringMatching(say) } });
    expect(access.requests).toBe(1);
  });

  it('says which right is missing, from path and verb', async () => {
    const { access } = await ask((_, response) => answerStatus(response, 403, 'pods is forbidden: User "me" cannot list resource "pods"'));
    expect(await access.list('/api/v1/namespaces/a/pods', Pod, () => undefined)).toEqual({
      ok: false,
      failure: {
        code: 'permission-missing',
        say: 'The user may not list pods in namespace a; grant that right ("gatehouse permissions" prints all that are needed).',
        needs: 'list pods',
      },
    });
  });

  it.each([
    'users "jane" is forbidden: User "me" cannot impersonate resource "users"',
    'User "me" cannot impersonate-on:user-info:list resource "pods"',
  ])('says when the user may not act as somebody else: %s', async (message) => {
    const { access } = await ask((_, response) => answerStatus(response, 403, message));
    expect(await access.list('/api/v1/pods', Pod, () => undefined)).toMatchObject({
      failure: { code: 'permission-missing', needs: 'impersonate users' },
    });
  });

  it('quotes a refusal that is not about rights, on one line and without secrets', async () => {
    const { access } = await ask((_, response) => answerStatus(response, 403, 'violates\nPodSecurity,  Bearer abcdefghijklmnop.'));
    expect(await access.create('/api/v1/namespaces/a/pods', {}, Pod)).toEqual({
      ok: false,
      failure: {
        code: 'permission-missing',
        say: 'The API server forbids to create pods in namespace a: violates PodSecurity, Bearer [credential removed].',
      },
    });
  });

  it('does not read an answer without end', async () => {
    const { access } = await ask((_, response) => void response.end(JSON.stringify({ gitVersion: 'x'.repeat(3 * 2 ** 20) })), {
      maxBytes: 2 ** 20,
    });
    expect(await access.get('/version', Version)).toMatchObject({
      failure: { code: 'answer-invalid', say: expect.stringContaining('larger than 1 MiB') },
    });
  });

  it('does not unpack an answer without end', async () => {
    const { access } = await ask(
      (_, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(3 * 2 ** 20))),
      { maxBytes: 2 ** 20 },
    );
    expect(await access.get('/version', Version)).toMatchObject({
      failure: { code: 'answer-invalid', say: expect.stringContaining('larger than 1 MiB') },
    });
  });
});

describe('writes and logs', () => {
  it('sends an object and reads what became of it', async () => {
    const { access, received } = await ask((_, response) => answerJson(response, { metadata: { name: 'made', uid: 'x' } }, 201));
    expect(await access.create('/api/v1/namespaces/a/pods', { kind: 'Pod' }, Pod)).toEqual({
      ok: true,
      value: { metadata: { name: 'made' } },
    });
    expect(received[0]).toMatchObject({ method: 'POST', body: '{"kind":"Pod"}', headers: { 'content-type': 'application/json' } });
  });

  it('says when an object is there already', async () => {
    const { access } = await ask((_, response) => answerStatus(response, 409, 'pods "a" already exists'));
    expect(await access.create('/api/v1/namespaces/a/pods', {}, Pod)).toMatchObject({
      failure: { code: 'conflict', say: expect.stringContaining('already exists') },
    });
  });

  it('deletes, and takes what is gone already for deleted', async () => {
    const { access, received } = await ask((_, response, count) =>
      count === 1 ? answerJson(response, {}) : answerStatus(response, 404, 'not found'),
    );
    expect(await access.remove('/api/v1/namespaces/a/pods/b', { gracePeriodSeconds: '0' })).toEqual({ ok: true, value: undefined });
    expect(await access.remove('/api/v1/namespaces/a/pods/b')).toEqual({ ok: true, value: undefined });
    expect(received.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'DELETE /api/v1/namespaces/a/pods/b?gracePeriodSeconds=0',
      'DELETE /api/v1/namespaces/a/pods/b',
    ]);
  });

  it('says when deleting is not allowed', async () => {
    const { access } = await ask((_, response) => answerStatus(response, 403, 'User "me" cannot delete resource "pods"'));
    expect(await access.remove('/api/v1/namespaces/a/pods/b')).toMatchObject({ ok: false, failure: { needs: 'delete pods' } });
  });

  it('reads a log as text', async () => {
    const { access, received } = await ask((_, response) => void response.end('{"a":1}\nline two\n'));
    expect(await access.text('/api/v1/namespaces/a/pods/b/log', { tailLines: '2' })).toEqual({ ok: true, value: '{"a":1}\nline two\n' });
    expect(received[0]?.url).toBe('/api/v1/namespaces/a/pods/b/log?tailLines=2');
  });

  it('says when a log may not be read', async () => {
    const { access } = await ask((_, response) => answerStatus(response, 403, 'User "me" cannot get resource "pods/log"'));
    expect(await access.text('/api/v1/namespaces/a/pods/b/log')).toMatchObject({ ok: false, failure: { needs: 'get pods/log' } });
  });
});

describe('get of text', () => {
  const Text = z.string();
  it('gives the schema the text itself', async () => {
    const { access, received } = await ask((_, response) => void response.end('up 1\n'));
    expect(await access.get('/metrics', Text, { accept: 'text/plain' })).toEqual({ ok: true, value: 'up 1\n' });
    expect(received[0]?.headers.accept).toBe('text/plain');
    expect(await access.get('/metrics', Text)).toMatchObject({ failure: { code: 'answer-invalid' } });
  });
  it('takes a status for an answer only where it was told to, and then at once', async () => {
    const { access, received } = await ask((_, response) => void response.writeHead(500).end('[-]etcd failed'), { tries: 2 });
    expect(await access.get('/readyz', Text, { accept: 'text/plain', answers: [500] })).toEqual({ ok: true, value: '[-]etcd failed' });
    expect(received.length).toBe(1);
    expect(await access.get('/readyz', Text, { accept: 'text/plain' })).toMatchObject({ failure: { code: 'cluster-overloaded' } });
    expect(received.length).toBe(3);
  });
});

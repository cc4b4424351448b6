import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { failed, type Result, succeed } from '../../core/failure.ts';
import type { ClusterAccess } from '../../ports/cluster-access.ts';
import { record } from './record.ts';
import { type ClusterPorts, readRecording, writeRecording } from './recording.ts';
import { replay } from './replay.ts';

const Named = z.object({
  metadata: z.object({ name: z.string() }),
  env: z.array(z.object({ name: z.string(), value: z.string() })).optional(),
});
const at = '2026-01-02T03:04:05Z';
const certificate = { subject: 'CN=cp1', issuer: 'CN=ca', selfSigned: true, notAfter: '2027-01-01T00:00:00.000Z' };
const forbidden = failed('permission-missing', 'The API server at https://10.0.0.1:6443 says no to 10.0.0.11.', 'list secrets');

/** A cluster in memory. Lists begin again once, after their first item, for who can take it. */
const cluster = (server = 'https://10.0.0.1:6443'): ClusterPorts => {
  const parse = <T>(schema: z.ZodType<T>, value: unknown): Result<T> => succeed(schema.parse(value));
  const items = ['b', 'a'].map((name) => ({ metadata: { name, uid: 'x' }, env: [{ name: 'K', value: 'literal' }] }));
  const access: ClusterAccess = {
    server,
    clusterName: 'lab',
    usesToken: true,
    requests: 3,
    get: async (path, schema) => (path === '/forbidden' ? forbidden : parse(schema, { metadata: { name: path } })),
    list: async (path, item, each, options) => {
      if (path === '/api/v1/secrets') return forbidden;
      if (options?.onRestart) {
        each(item.parse(items[0]));
        options.onRestart();
      }
      for (const one of items) each(item.parse(one));
      return succeed({ count: items.length });
    },
    text: async () => succeed('--password=x 10.0.0.1'),
    create: async (_path, body, schema) => parse(schema, body),
    remove: async () => succeed(undefined),
    close: () => undefined,
  };
  return {
    access,
    kubelets: {
      get: async ({ node }, path, schema) =>
        node === 'gone'
          ? failed('cluster-unreachable', 'The kubelet of node gone at 10.0.0.7:10250 refused the connection.')
          : succeed({ value: schema.parse({ metadata: { name: `${node}${path}` } }), certificate }),
      close: () => undefined,
    },
    tls: {
      probe: async ({ host, port }, suites) =>
        succeed({ endpoint: `${host}:${port}`, certificate, weakSuitesAccepted: [], suitesOffered: [...suites] }),
    },
  };
};

/** Everything a scan could read, as one value. */
const readAll = async ({ access, kubelets, tls }: ClusterPorts): Promise<unknown[]> => {
  const host = new URL(access.server).hostname;
  const names: string[] = [];
  return [
    await access.list('/api/v1/pods', Named, ({ metadata }) => names.push(metadata.name), { query: { z: '1', a: '2', no: undefined } }),
    await access.list('/api/v1/pods', Named, ({ metadata }) => names.push(metadata.name), { metadataOnly: true }),
    await access.list('/api/v1/secrets', Named, () => names.push('never')),
    names,
    await access.get('/version', Named),
    await access.get('/flagz', Named, { accept: 'application/json;as=Flagz' }),
    await access.get('/forbidden', Named),
    await kubelets.get({ node: 'cp1', addresses: ['10.0.0.1'], port: 10250 }, '/configz', Named),
    await kubelets.get({ node: 'gone', addresses: ['10.0.0.7'], port: 10250 }, '/configz', Named),
    tlsWithoutHost(await tls.probe({ host, port: 6443 }, ['B', 'A'])),
  ];
};
const tlsWithoutHost = (fact: Awaited<ReturnType<ClusterPorts['tls']['probe']>>): unknown =>
  fact.ok ? { ...fact.value, endpoint: fact.value.endpoint.split(':').at(-1) } : fact;

const recorded = async (server?: string) => {
  const recorder = record(cluster(server));
  const seen = await readAll(recorder.ports);
  return { seen, recorder, recording: recorder.recording(at, 'gatehouse/0.1.0') };
};

describe('a recording', () => {
  it('does not change what a scan reads', async () => {
    const { seen } = await recorded();
    expect(seen).toEqual(await readAll(cluster()));
  });

  it('says what it is, without the host of the API server', async () => {
    const { recording } = await recorded();
    const { reads, ...head } = recording;
    expect(head).toEqual({
      format: 'gatehouse-recording',
      version: 1,
      recordedAt: at,
      tool: 'gatehouse/0.1.0',
      server: 'https://recorded:6443',
      clusterName: 'lab',
      usesToken: true,
    });
    expect(reads.map(({ request }) => request)).toEqual([
      'GET /flagz as application/json;as=Flagz',
      'GET /forbidden',
      'GET /version',
      'KUBELET cp1:10250 GET /configz',
      'KUBELET gone:10250 GET /configz',
      'LIST /api/v1/pods (metadata only)',
      'LIST /api/v1/pods?a=2&z=1',
      'LIST /api/v1/secrets',
      'TLS recorded:6443 A B',
    ]);
  });

  it('keeps what schemas let through, without literal environment values', async () => {
    const { recording } = await recorded();
    expect(recording.reads.find(({ request }) => request === 'LIST /api/v1/pods?a=2&z=1')?.answer).toEqual({
      kind: 'items',
      items: ['b', 'a'].map((name) => ({ metadata: { name }, env: [{ name: 'K', value: '[value removed]' }] })),
    });
  });

  it('names the server in no failure, and leaves other addresses', async () => {
    const { recording } = await recorded();
    expect(recording.reads.find(({ request }) => request === 'GET /forbidden')?.answer).toEqual({
      kind: 'failure',
      failure: { code: 'permission-missing', say: 'The API server at https://recorded:6443 says no to 10.0.0.11.', needs: 'list secrets' },
    });
  });

  it('is the same text every time', async () => {
    const [one, two] = [await recorded(), await recorded()];
    expect(writeRecording(one.recording)).toBe(writeRecording(two.recording));
  });

  it('is written without secrets, whoever added what', async () => {
    const { recording } = await recorded();
    expect(writeRecording({ ...recording, nodeFacts: { argv: ['--token=abc'] } })).toContain('"--token=[value removed]"');
  });

  it('forgets items of a list that began again, and lets the reader forget them', async () => {
    const recorder = record(cluster());
    let names: string[] = [];
    const onRestart = (): void => {
      names = [];
    };
    await recorder.ports.access.list('/api/v1/pods', Named, ({ metadata }) => names.push(metadata.name), { onRestart });
    expect(names).toEqual(['b', 'a']);
    const [read] = recorder.recording(at, 'x').reads;
    expect(read?.answer).toMatchObject({ kind: 'items', items: [{ metadata: { name: 'b' } }, { metadata: { name: 'a' } }] });
  });

  it('holds texts, but no writes', async () => {
    const recorder = record(cluster());
    await recorder.ports.access.text('/api/v1/namespaces/a/pods/b/log', { tailLines: '1' });
    expect(await recorder.ports.access.create('/api/v1/pods', { metadata: { name: 'a' } }, Named)).toMatchObject({ ok: true });
    expect(await recorder.ports.access.remove('/api/v1/pods/a')).toEqual({ ok: true, value: undefined });
    expect(recorder.recording(at, 'x').reads).toEqual([
      {
        request: 'TEXT /api/v1/namespaces/a/pods/b/log?tailLines=1',
        answer: { kind: 'text', text: '--password=[value removed] 10.0.0.1' },
      },
    ]);
    expect(recorder.ports.access.requests).toBe(3);
  });
});

describe('a replay', () => {
  const again = async (server?: string) => {
    const { recording, seen } = await recorded(server);
    const read = readRecording(writeRecording(recording), 'r.json');
    if (!read.ok) throw new Error(read.failure.say);
    expect(read.value).toEqual(recording);
    return { ports: replay(read.value), seen };
  };

  it.each(['https://10.0.0.1:6443', 'https://api.lab:6443', 'https://[fd00::1]:6443'])(
    'gives the same values and failures: %s',
    async (server) => {
      const { ports, seen } = await again(server);
      const replayed = await readAll(ports);
      expect(JSON.parse(JSON.stringify(replayed).replaceAll('recorded:6443', '10.0.0.1:6443'))).toEqual(
        JSON.parse(JSON.stringify(seen).replaceAll('api.lab', '10.0.0.1').replaceAll('[fd00::1]', '10.0.0.1')),
      );
      expect(ports.access).toMatchObject({ server: 'https://recorded:6443', clusterName: 'lab', usesToken: true, requests: 0 });
    },
  );

  it('can be recorded again, to the same text', async () => {
    const { recording } = await recorded();
    const second = record(replay(recording));
    await readAll(second.ports);
    expect(writeRecording(second.recording(at, 'gatehouse/0.1.0'))).toBe(writeRecording(recording));
  });

  it('says that a recording is too old to hold what is asked', async () => {
    const { ports } = await again();
    const missing = {
      ok: false,
      failure: { code: 'not-found', say: expect.stringContaining('so it is of an older Gatehouse; record the cluster again.') },
    };
    expect(await ports.access.get('/new', Named)).toMatchObject(missing);
    expect(await ports.access.list('/api/v1/new', Named, () => undefined)).toMatchObject(missing);
    expect(await ports.access.text('/new')).toMatchObject(missing);
    expect(await ports.kubelets.get({ node: 'cp1', addresses: [], port: 10250 }, '/new', Named)).toMatchObject(missing);
    expect(await ports.tls.probe({ host: 'x', port: 1 }, [])).toMatchObject(missing);
  });

  it('says when an answer no longer fits', async () => {
    const { ports } = await again();
    const Other = z.object({ other: z.string() });
    const wrong = { ok: false, failure: { code: 'answer-invalid' } };
    expect(await ports.access.get('/version', Other)).toMatchObject(wrong);
    expect(await ports.access.list('/api/v1/pods', Other, () => undefined, { metadataOnly: true })).toMatchObject(wrong);
    expect(await ports.kubelets.get({ node: 'cp1', addresses: [], port: 10250 }, '/configz', Other)).toMatchObject(wrong);
  });

  it('answers in the order that was recorded, and stays with the last', async () => {
    const answers = ['one', 'two'];
    const { access, ...others } = cluster();
    const changing: ClusterAccess = {
      ...access,
      get: async (_path, schema) => succeed(schema.parse({ metadata: { name: answers.shift() } })),
    };
    const recorder = record({ ...others, access: changing });
    await recorder.ports.access.get('/a', Named);
    await recorder.ports.access.get('/a', Named);
    const { access: replayed } = replay(recorder.recording(at, 'x'));
    const names: unknown[] = [];
    for (let n = 0; n < 3; n += 1) names.push(await replayed.get('/a', Named));
    expect(names).toMatchObject(['one', 'two', 'two'].map((name) => ({ value: { metadata: { name } } })));
  });

  it('refuses to write', async () => {
    const { ports } = await again();
    const refused = {
      ok: false,
      failure: { code: 'input-invalid', say: 'A recording cannot be changed; run this against the cluster itself.' },
    };
    expect(await ports.access.create('/api/v1/pods', {}, Named)).toEqual(refused);
    expect(await ports.access.remove('/api/v1/pods/a')).toEqual(refused);
  });
});

describe('readRecording', () => {
  it.each([
    ['no JSON', '{', 'f.json is no recording of Gatehouse; make one with "gatehouse record".'],
    ['something else', '{"kind":"Pod"}', 'f.json is no recording of Gatehouse; make one with "gatehouse record".'],
    [
      'a newer version',
      '{"format":"gatehouse-recording","version":2}',
      'f.json is a recording of version 2, which this Gatehouse cannot read; use a newer one.',
    ],
    ['a damaged one', '{"format":"gatehouse-recording","version":1}', 'f.json is a damaged recording (recordedAt); make it anew.'],
  ])('refuses %s', (_what, text, say) => {
    expect(readRecording(text, 'f.json')).toEqual({ ok: false, failure: { code: 'input-invalid', say } });
  });
});

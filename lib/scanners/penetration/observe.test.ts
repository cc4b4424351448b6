import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { denied, type FakeAccess, type FakeCluster, fakeAccess, unreachable } from '../../../test/support/fake-access.ts';
import { type Failure, failed, type Result, succeed } from '../../core/failure.ts';
import { type Door, doorKey } from '../../core/probing/index.ts';
import type { ClusterAccess } from '../../ports/cluster-access.ts';
import type { ProbeSender } from '../../ports/probe-sender.ts';
import type { Probing, SenderRequest } from '../../ports/probing.ts';
import type { ScannerPorts } from '../scanner.ts';
import { type ObservedPenetration, type PenetrationOptions, penetrationScanner, planPenetration, probeHome } from './index.ts';
import { writeLetter } from './pod/letter.ts';
import type { configMapManifest, podManifest } from './pod/manifest.ts';
import { unpackDoors } from './targets/index.ts';

const rbac = '/apis/rbac.authorization.k8s.io/v1';
const node = {
  metadata: { uid: 'uid-w1', name: 'w1', labels: {} },
  status: {
    addresses: [
      { type: 'InternalIP', address: '10.0.0.6' },
      { type: 'ExternalIP', address: '203.0.113.9' },
    ],
    conditions: [{ type: 'Ready', status: 'True' }],
    nodeInfo: { kubeletVersion: 'v1.36.3', osImage: 'Photon', operatingSystem: 'linux', containerRuntimeVersion: 'containerd://2.1.4' },
  },
};
const podsOfProbe = `/api/v1/namespaces/${probeHome.namespace.name}/pods`;
const small: FakeCluster = {
  lists: {
    '/api/v1/nodes': [node],
    '/api/v1/pods': [],
    '/api/v1/services': [],
    '/api/v1/serviceaccounts': [],
    '/apis/networking.k8s.io/v1/ingresses': [],
    '/apis/discovery.k8s.io/v1/endpointslices': [],
    '/apis/apiregistration.k8s.io/v1/apiservices': [],
    ...Object.fromEntries(['clusterroles', 'roles', 'clusterrolebindings', 'rolebindings'].map((name) => [`${rbac}/${name}`, []])),
    [podsOfProbe]: [],
    [podsOfProbe.replace('/pods', '/configmaps')]: [],
  },
  objects: { '/flagz': { flags: {} } },
  onCreate: (path, body) => (path.includes('selfsubjectaccessreviews') ? { status: { allowed: false } } : body),
};

/** A pod that is over at once, and whose log says that every door it was told of is closed. */
const withPod = (fake: FakeAccess, status: object = { phase: 'Succeeded' }): ClusterAccess => ({
  ...fake,
  server: 'https://10.0.0.4:6443',
  get: async (path, schema, options) =>
    path.startsWith(`${podsOfProbe}/`)
      ? succeed(schema.parse({ metadata: { name: path.split('/').at(-1) }, status }))
      : fake.get(path, schema, options),
  text: async () => {
    const [map, pod] = ['configmaps', 'pods'].map((kind) => fake.created.find(({ path }) => path.endsWith(`/${kind}`))?.body);
    const { binaryData } = map as ReturnType<typeof configMapManifest>;
    const { doors } = JSON.parse(gunzipSync(Buffer.from(binaryData['plan.gz'], 'base64')).toString()) as { readonly doors: unknown };
    const seen = unpackDoors(doors).map((door) => ({ door, state: 'closed' as const }));
    const sight = { vantage: 'internal', doors: seen, notes: [], exchanges: [], timedOut: 0 } as const;
    return succeed(writeLetter({ ...sight, notes: [], exchanges: [] }, (pod as ReturnType<typeof podManifest>).metadata.name).join('\n'));
  },
});

/** A network in which everything refuses. `knocked` says where anybody knocked. */
const closedNetwork = (addresses: Result<readonly string[]> = succeed(['10.0.0.4']), isSlow = false) => {
  const knocked: Door[] = [];
  const requests: SenderRequest[] = [];
  let closed = 0;
  const probing: Probing = {
    version: '1.2.3',
    addressesOf: async () => addresses,
    podProgram: async () => 'program',
    sender: (request): ProbeSender => {
      requests.push(request);
      return {
        exchanges: [],
        timedOut: 0,
        knock: async (door) => {
          knocked.push(door);
          if (isSlow) await new Promise((resolve) => setImmediate(resolve));
          return request.signal.aborted ? 'unasked' : 'closed';
        },
        send: async () => ({ is: 'none', why: 'closed', detail: '' }),
        close: () => {
          closed += 1;
        },
      };
    },
  };
  return { probing, knocked, requests, closed: () => closed };
};

interface Setting {
  readonly cluster?: FakeCluster;
  readonly status?: object;
  readonly network?: ReturnType<typeof closedNetwork>;
  readonly stop?: AbortController;
}
const portsOf = ({ cluster = small, status, network = closedNetwork(), stop = new AbortController() }: Setting) => {
  const fake = fakeAccess(cluster);
  const said: string[] = [];
  const access = withPod(fake, status);
  const ports: ScannerPorts = {
    access,
    kubelets: {} as ScannerPorts['kubelets'],
    tls: {} as ScannerPorts['tls'],
    probing: network.probing,
    cleaner: access,
    signal: stop.signal,
    now: () => '2026-01-01T00:00:00Z',
    sleep: async () => undefined,
    progress: ({ doing }) => said.push(doing),
  };
  return { ports, fake, network, said };
};
const identity = { id: 'c', name: 'shop', kubernetesVersion: 'v1.36.3' };
const observe = async (options: PenetrationOptions, setting: Setting = {}) => {
  const { ports, ...rest } = portsOf(setting);
  const ticket = await penetrationScanner.start({ cluster: identity, scanId: 'scan-1' }, options, ports);
  if (!ticket.ok) throw new Error(ticket.failure.say);
  return { observed: await penetrationScanner.poll(ticket.value, ports), ticket: ticket.value, ports, ...rest };
};
const factsOf = ({ observed }: Awaited<ReturnType<typeof observe>>): ObservedPenetration => {
  if (!observed.ok || !observed.value) throw new Error(observed.ok ? 'no facts' : observed.failure.say);
  return observed.value;
};
const failureOf = ({ observed }: Awaited<ReturnType<typeof observe>>): Failure | undefined => (observed.ok ? undefined : observed.failure);

describe('observing', () => {
  it('from outside, unless told otherwise: knocks exactly where the plan says, and starts no pod', async () => {
    const done = await observe({});
    const facts = factsOf(done);
    expect(facts).toMatchObject({ cluster: identity, vantages: ['external'], observedAt: '2026-01-01T00:00:00Z', blind: [] });
    const plan = await planPenetration({}, done.ports, done.network.probing);
    if (!plan.ok) throw new Error(plan.failure.say);
    expect(new Set(done.network.knocked.map(doorKey))).toEqual(new Set(plan.value.doors.external?.map(doorKey)));
    // the sender is told the same doors, so that it refuses every other
    expect(done.network.requests.map(({ scanId, vantage, doors }) => [scanId, vantage, doors.length])).toEqual([
      ['scan-1', 'external', done.network.knocked.length],
    ]);
    expect(done.network.closed()).toBe(1);
    expect(facts.sights[0]?.doors.every(({ state }) => state === 'closed')).toBe(true);
    expect(facts.refused.map(({ address }) => address)).toEqual(['203.0.113.9']);
    expect(done.fake.created.filter(({ path }) => !path.includes('selfsubjectaccessreviews'))).toEqual([]);
  });

  it('from a pod alone: nothing is sent from here', async () => {
    const done = await observe({ vantages: ['internal'] });
    expect(factsOf(done).sights.map(({ vantage }) => vantage)).toEqual(['internal']);
    expect(done.network.requests).toEqual([]);
    expect(done.said).toEqual(['looking from a pod']);
  });

  it('from both, each once, with the image the user names', async () => {
    const done = await observe({ vantages: ['external', 'internal', 'internal'], probeImage: 'registry.example/node:24' });
    const facts = factsOf(done);
    expect(facts.vantages).toEqual(['external', 'internal']);
    expect(facts.sights.map(({ vantage }) => vantage)).toEqual(['external', 'internal']);
    const pods = done.fake.created.filter(({ path }) => path === podsOfProbe);
    expect(pods).toHaveLength(1);
    expect(JSON.stringify(pods)).toContain('registry.example/node:24');
    // what only pods reach is only knocked at from there
    expect(facts.sights.map(({ doors }) => doors.some(({ door }) => door.place === 'metadata'))).toEqual([false, true]);
    // refused from both, told once
    expect(facts.refused.map(({ address }) => address)).toEqual(['203.0.113.9']);
  });

  it('a pod that cannot start makes that vantage blind, and nothing else', async () => {
    const status = {
      phase: 'Pending',
      containerStatuses: [{ state: { waiting: { reason: 'ImagePullBackOff', message: 'unauthorized' } } }],
    };
    const facts = factsOf(await observe({ vantages: ['external', 'internal'] }, { status }));
    expect(facts.sights.map(({ vantage }) => vantage)).toEqual(['external']);
    expect(facts.blind).toEqual([{ vantage: 'internal', why: expect.stringContaining('--probe-image') }]);
  });

  it.each<[string, PenetrationOptions, RegExp]>([
    ['targets', { targets: ['10.0.0.6'] }, /^10\.0\.0\.6$/],
    ['the networks of the project', { within: ['10.0.0.0/30'] }, /^$/],
    ['what is allowed beside', { allow: ['203.0.113.0/24'] }, /^(10\.0\.0\.[46]|203\.0\.113\.9)$/],
  ])('keeps to %s', async (_, options, addresses) => {
    const { network, ...rest } = await observe(options);
    factsOf({ network, ...rest });
    const knocked = new Set(network.knocked.map(({ address }) => address));
    expect([...knocked].filter((one) => !addresses.test(one))).toEqual([]);
    if (options.allow) expect(knocked).toContain('203.0.113.9');
  });

  it('names what other targets left out, vantage by vantage', async () => {
    const leftOut = factsOf(await observe({ vantages: ['external', 'internal'], targets: ['api-server'] })).leftOut ?? [];
    expect(new Set(leftOut.map(({ vantage, place }) => `${vantage} ${place}`))).toEqual(
      new Set(['external node', 'internal node', 'internal metadata']),
    );
    expect(factsOf(await observe({})).leftOut).toEqual([]);
  });

  it('ends looking when its time is over: what nobody asked is unasked, and the scan has its facts', async () => {
    // the sleep of these ports is over at once
    const late = factsOf(await observe({ lookSeconds: 720 }, { network: closedNetwork(succeed(['10.0.0.4']), true) }));
    const states = late.sights[0]?.doors.map(({ state }) => state) ?? [];
    expect(new Set(states)).toEqual(new Set(['unasked']));
    const patient = factsOf(await observe({}, { network: closedNetwork(succeed(['10.0.0.4']), true) }));
    expect(new Set(patient.sights[0]?.doors.map(({ state }) => state))).toEqual(new Set(['closed']));
  });

  it('tells the pod how long it may look, and gives it what the other vantage left', async () => {
    const lookMs = async (options: PenetrationOptions): Promise<number> => {
      const { fake } = await observe({ vantages: ['external', 'internal'], ...options });
      const map = fake.created.find(({ path }) => path.endsWith('/configmaps'))?.body as ReturnType<typeof configMapManifest>;
      return (JSON.parse(gunzipSync(Buffer.from(map.binaryData['plan.gz'], 'base64')).toString()) as { readonly lookMs: number }).lookMs;
    };
    expect(await lookMs({})).toBe(540_000);
    expect(await lookMs({ lookSeconds: 300 })).toBe(240_000);
  });

  it('what cannot be read of the cluster is unread; the scan goes on', async () => {
    const facts = factsOf(await observe({}, { cluster: { ...small, lists: { ...small.lists, '/api/v1/nodes': denied('list nodes') } } }));
    expect(facts.view.nodes).toMatchObject({ read: false, missing: ['list nodes'] });
    expect(new Set(facts.sights[0]?.doors.map(({ door }) => door.place))).toEqual(new Set(['api-server']));
  });
});

describe('what ends it', () => {
  it.each<[string, PenetrationOptions, Setting, string, RegExp]>([
    ['a target that is none', { targets: ['w1.example'] }, {}, 'input-invalid', /--targets.*"w1\.example"/],
    ['a network that is none', { allow: ['shop.example/8'] }, {}, 'input-invalid', /--allow.*"shop\.example\/8"/],
    [
      'a name of the API server that leads nowhere',
      {},
      { network: closedNetwork(failed('cluster-unreachable', 'It cannot be resolved.')) },
      'cluster-unreachable',
      /resolved/,
    ],
  ])('%s', async (_, options, setting, code, says) => {
    const done = await observe(options, setting);
    expect(failureOf(done)).toMatchObject({ code, say: expect.stringMatching(says) });
    expect(done.network.knocked).toEqual([]);
    // a mistake of the user is told before anything is read
    if (code === 'input-invalid') expect(done.fake.asked).toEqual([]);
  });

  it('no network: a recording has none', async () => {
    const { ports } = portsOf({});
    const start = await penetrationScanner.start({ cluster: identity, scanId: 's' }, {}, { ...ports, probing: undefined });
    expect(start).toMatchObject({ ok: false, failure: { code: 'input-invalid', say: expect.stringContaining('name a cluster') } });
  });

  it.each([['external'], ['internal']] as const)('a cancel while it looks from the %s vantage', async (vantage) => {
    const stop = new AbortController();
    const network = closedNetwork();
    const { ports } = portsOf({ network, stop });
    const ticket = await penetrationScanner.start({ cluster: identity, scanId: 'scan-1' }, { vantages: ['external', 'internal'] }, ports);
    if (!ticket.ok) throw new Error(ticket.failure.say);
    const progress: ScannerPorts['progress'] = ({ doing }) => {
      if (vantage === 'internal' ? doing === 'looking from a pod' : doing.startsWith('knocking')) stop.abort();
    };
    const observed = await penetrationScanner.poll(ticket.value, { ...ports, progress });
    expect(observed).toMatchObject({ ok: false, failure: { code: 'cancelled' } });
  });

  it('a cluster that answers nothing: every part is unread, and only the API server is knocked at', async () => {
    const facts = factsOf(
      await observe({}, { cluster: { lists: Object.fromEntries(Object.keys(small.lists ?? {}).map((path) => [path, unreachable()])) } }),
    );
    expect(facts.view.services.read).toBe(false);
    expect(new Set(facts.sights[0]?.doors.map(({ door }) => door.place))).toEqual(new Set(['api-server']));
  });
});

describe('cleaning up and rights', () => {
  it('sweeps where a pod may have been, and nowhere else', async () => {
    const swept = async (options: PenetrationOptions): Promise<readonly string[]> => {
      const { ticket, ports, fake } = await observe(options);
      const before = fake.asked.length;
      expect((await penetrationScanner.cleanUp(ticket, ports)).ok).toBe(true);
      return fake.asked.slice(before);
    };
    expect(await swept({})).toEqual([]);
    expect((await swept({ vantages: ['internal'] })).some((one) => one.startsWith(`list ${podsOfProbe}`))).toBe(true);
  });

  it('needs no right to create anything, unless a pod is asked for', () => {
    const verbs = (options: PenetrationOptions) => new Set(penetrationScanner.needs(options).map(({ verb }) => verb));
    expect([...verbs({})].toSorted()).toEqual(['get', 'list']);
    expect(verbs({ vantages: ['internal'] })).toContain('create');
    for (const { verb, resource, namespace } of penetrationScanner.needs({ vantages: ['internal'] }))
      if (verb !== 'get' && verb !== 'list') expect([resource, namespace]).toEqual([expect.anything(), probeHome.namespace.name]);
  });
});

import { describe, expect, it } from 'vitest';
import { type FakeNode, type FakePodsOptions, fakePods } from '../../../../test/support/fake-pods.ts';
import type { NodeFact } from '../../../core/facts/index.ts';
import { failed } from '../../../core/failure.ts';
import { scanLabel } from '../../pods/home.ts';
import { collectNodeFacts, type NodeFactsInput } from './collect.ts';
import { nodeFactsNamespace, podLabels } from './manifest.ts';

const { name: namespace } = nodeFactsNamespace;
const image = 'registry.example/busybox:1';
const node = (name: string, parts: Partial<NodeFact> = {}): NodeFact => ({
  name,
  role: 'worker',
  ready: true,
  kubeletVersion: 'v1.36.3',
  osImage: 'Photon',
  operatingSystem: 'linux',
  containerRuntime: 'containerd://2',
  addresses: [],
  kubeletPort: 10250,
  ...parts,
});
const goodLog = (pod: string): string =>
  `gatehouse-node-facts\t1\t${pod}\nfile\t=/etc/kubernetes/admin.conf\t=/etc/kubernetes/admin.conf\t-rw-------\t0\t0\nend\t${pod}\t1\n`;
const good: FakeNode = { statuses: [{ phase: 'Pending' }, { phase: 'Running' }, { phase: 'Succeeded' }], log: goodLog };
const stuck = (waiting: { reason: string; message?: string }): FakeNode => ({
  statuses: [{ phase: 'Pending', containerStatuses: [{ state: { waiting } }] }],
});
const denied = (right: string) => failed('permission-missing', `The user may not ${right}; grant it.`, right).failure;

const run = async (nodes: readonly NodeFact[], options: FakePodsOptions, parts: Partial<NodeFactsInput> = {}) => {
  const cluster = fakePods({ nodes: Object.fromEntries(nodes.map(({ name }) => [name, good])), ...options });
  let clock = Date.parse('2026-01-01T00:00:00Z');
  const left: string[] = [];
  const progress: string[] = [];
  const slice = await collectNodeFacts({
    access: cluster.access,
    nodes,
    scanId: '0198c0de-7000-8000-abcdef',
    image,
    signal: new AbortController().signal,
    now: () => new Date(clock).toISOString(),
    sleep: async (ms) => {
      clock += ms;
    },
    progress: ({ done, total, doing }) => progress.push(`${done}/${total} ${doing}`),
    leftBehind: (sentence) => left.push(sentence),
    ...parts,
  });
  return { slice, cluster, left, progress };
};
const reasonsOf = ({ slice }: Awaited<ReturnType<typeof run>>): readonly string[] =>
  slice.read ? slice.value.map((one) => (one.read ? 'read' : one.reason)) : [slice.reason];
const expectNothingLeft = ({ cluster }: Awaited<ReturnType<typeof run>>) => {
  expect([...cluster.pods.keys()]).toEqual([]);
  expect([...cluster.namespaces.keys()]).toEqual([]);
};

describe('looking at nodes', () => {
  it('after a try of the same scan that was killed: replaces the pods it left, and removes the namespace it made', async () => {
    const labels = { ...podLabels, [scanLabel]: '0198c0de-7000-8000-abcdef' };
    const own = await run([node('cp1'), node('worker1')], {});
    const names = own.cluster.created.map(({ metadata }) => metadata.name).filter((name) => name.startsWith('node-facts-'));
    expect(names).toHaveLength(2);
    const again = await run([node('cp1'), node('worker1')], {
      namespace: { metadata: { name: namespace, labels } },
      pods: names.map((name) => ({ metadata: { name, labels }, spec: { nodeName: 'cp1' } })),
    });
    expect(reasonsOf(again)).toEqual(['read', 'read']);
    expectNothingLeft(again);
  });

  it('reads every node, in the order of the nodes, and leaves nothing behind', async () => {
    const done = await run([node('cp1', { role: 'control-plane' }), node('worker1')], {});
    expect(done.slice).toMatchObject({
      read: true,
      value: [
        { node: 'cp1', role: 'control-plane', read: true },
        { node: 'worker1', read: true },
      ],
    });
    expect(JSON.parse(JSON.stringify(done.slice))).toEqual(done.slice);
    expect(done.progress).toEqual(['1/2 looking at files on nodes', '2/2 looking at files on nodes']);
    expect(done.left).toEqual([]);
    expectNothingLeft(done);
  });

  it('starts no more pods at once than told', async () => {
    const nodes = Array.from({ length: 20 }, (_, at) => node(`n${at}`));
    const done = await run(nodes, {}, { atOnce: 3 });
    expect(done.cluster.atOnce).toBe(3);
    expect(reasonsOf(done)).toEqual(nodes.map(() => 'read'));
  });

  it('starts none on a node that is not ready, nor on Windows', async () => {
    const done = await run([node('a', { ready: false }), node('b', { operatingSystem: 'windows' }), node('c')], {});
    expect(reasonsOf(done)).toEqual([expect.stringContaining('not ready'), expect.stringContaining('Windows'), 'read']);
    expect(done.cluster.created.filter(({ spec }) => spec?.nodeName).map(({ spec }) => spec?.nodeName)).toEqual(['c']);
  });

  it('reads a log again whose end is late', async () => {
    const late: FakeNode = { ...good, log: (pod, reading) => (reading === 0 ? goodLog(pod).slice(0, -8) : goodLog(pod)) };
    expect(reasonsOf(await run([node('a')], { nodes: { a: late } }))).toEqual(['read']);
  });

  it.each<[string, FakeNode, RegExp]>([
    [
      'an image that is not there',
      stuck({ reason: 'ImagePullBackOff', message: 'Back-off pulling image: not found' }),
      /registry does not have it.*--node-facts-image/,
    ],
    [
      'a registry that refuses',
      stuck({ reason: 'ImagePullBackOff', message: 'pull access denied, repository does not exist' }),
      /refuses it.*--node-facts-image/,
    ],
    [
      'a registry without a name',
      stuck({
        reason: 'ImagePullBackOff',
        message: 'dial tcp: lookup r.example on 10.0.0.1:53: read udp 10.0.0.2:4711->10.0.0.1:53: i/o timeout',
      }),
      /^((?!4711).)*cannot be resolved.*--node-facts-image/,
    ],
    ['an image name that is none', stuck({ reason: 'InvalidImageName' }), /InvalidImageName.*--node-facts-image/],
    ['an image that must not be pulled', stuck({ reason: 'ErrImageNeverPull' }), /ErrImageNeverPull.*--node-facts-image/],
    [
      'a container that cannot be made',
      stuck({ reason: 'CreateContainerError', message: 'no space left' }),
      /cannot start the pod.*no space left/,
    ],
    ['a pod that never starts', { statuses: [{ phase: 'Pending' }] }, /150 seconds/],
    [
      'an eviction',
      { statuses: [{ phase: 'Failed', reason: 'Evicted', message: 'The node was low on resource: memory.' }] },
      /Evicted: The node was low/,
    ],
    ['a node without room', { statuses: [{ phase: 'Failed', reason: 'OutOfpods' }] }, /did not let it run \(OutOfpods\)/],
    [
      'the deadline',
      { statuses: [{ phase: 'Failed', reason: 'DeadlineExceeded', message: 'Pod was active too long' }] },
      /within its deadline/,
    ],
    [
      'an image without a shell',
      { statuses: [{ phase: 'Failed', containerStatuses: [{ state: { terminated: { exitCode: 128, reason: 'StartError' } } }] }] },
      /StartError.*--node-facts-image/,
    ],
    [
      'too little memory',
      { statuses: [{ phase: 'Failed', containerStatuses: [{ state: { terminated: { exitCode: 137, reason: 'OOMKilled' } } }] }] },
      /ran out of memory/,
    ],
    ['a log that was cut', { ...good, log: (pod) => goodLog(pod).slice(0, -8) }, /cut before its end/],
    ['no log at all', { ...good, log: () => '' }, /POSIX shell/],
  ])('says what to do about %s, and reads the other nodes', async (_name, sick, reason) => {
    const done = await run([node('a'), node('b')], { nodes: { a: sick, b: good } });
    expect(reasonsOf(done)).toEqual([expect.stringMatching(reason), 'read']);
    expectNothingLeft(done);
  });

  it('waits for an image that is pulled at the second try', async () => {
    const slow: FakeNode = { ...good, statuses: [...stuck({ reason: 'ErrImagePull' }).statuses, { phase: 'Succeeded' }] };
    expect(reasonsOf(await run([node('a')], { nodes: { a: slow } }))).toEqual(['read']);
  });

  it('says that somebody else removed the pod', async () => {
    const done = await run([node('a')], {
      refuse: (verb, kind) => (verb === 'get' && kind === 'pods' ? failed('not-found', 'none').failure : undefined),
    });
    expect(reasonsOf(done)).toEqual([expect.stringContaining('Somebody removed the pod')]);
  });

  it('gives no names of pods in reasons, so that many nodes with the same trouble read alike', async () => {
    const refuse: FakePodsOptions['refuse'] = (verb, kind) =>
      verb === 'log' && kind === 'pods'
        ? failed('cluster-overloaded', 'The API server failed to read pods/node-facts-008000abcdef-0/log.').failure
        : undefined;
    const done = await run([node('a')], { refuse });
    expect(reasonsOf(done)).toEqual(['The API server failed to read pods/node-facts/log.']);
  });
});

describe('the namespace', () => {
  const theirs = { metadata: { name: namespace, labels: { 'app.kubernetes.io/name': 'gatehouse' } } };

  it('is made with Pod Security privileged where it is missing', async () => {
    const { cluster } = await run([node('a')], {});
    expect(cluster.created[0]).toMatchObject({
      metadata: { name: namespace, labels: { 'pod-security.kubernetes.io/enforce': 'privileged', ...podLabels } },
    });
  });

  it('is used and kept where it is there', async () => {
    const done = await run([node('a')], { namespace: theirs });
    expect(reasonsOf(done)).toEqual(['read']);
    expect([...done.cluster.namespaces.keys()]).toEqual([namespace]);
    expect([...done.cluster.pods.keys()]).toEqual([]);
  });

  it('is kept while pods of another scan are in it', async () => {
    const other = { metadata: { name: 'node-facts-other-0', labels: { ...podLabels, [scanLabel]: 'other' } } };
    const done = await run([node('a')], { pods: [other] });
    expect([...done.cluster.pods.keys()]).toEqual(['node-facts-other-0']);
    expect(done.cluster.namespaces.get(namespace)?.status).toBeUndefined();
  });

  it('is waited for while it is being deleted, and then made anew', async () => {
    const done = await run([node('a')], { namespace: { ...theirs, status: { phase: 'Terminating' } }, lingers: 3 });
    expect(reasonsOf(done)).toEqual(['read']);
    expectNothingLeft(done);
  });

  it('that never goes is a reason, not a hang', async () => {
    const done = await run([node('a')], { namespace: { ...theirs, status: { phase: 'Terminating' } }, lingers: 1_000_000 });
    expect(reasonsOf(done)).toEqual([expect.stringContaining('still being deleted')]);
  });

  it('that the user may not make is told with the command that does', async () => {
    const done = await run([node('a')], {
      refuse: (verb, kind) => (verb === 'create' && kind === 'namespaces' ? denied('create namespaces') : undefined),
    });
    expect(reasonsOf(done)).toEqual([expect.stringContaining('gatehouse permissions --node-facts')]);
    expect(done.cluster.created).toEqual([]);
  });

  it('need not be seen by the user', async () => {
    const done = await run([node('a')], {
      namespace: theirs,
      refuse: (verb, kind) => (verb === 'get' && kind === 'namespaces' ? denied('get namespaces') : undefined),
    });
    expect(reasonsOf(done)).toEqual(['read']);
  });

  it('gets its default account a moment late', async () => {
    const late = failed(
      'permission-missing',
      'The API server forbids to create pods: error looking up service account x/default: serviceaccount "default" not found.',
    ).failure;
    const done = await run([node('a')], {
      refuse: (verb, kind, count) => (verb === 'create' && kind === 'pods' && count < 3 ? late : undefined),
    });
    expect(reasonsOf(done)).toEqual(['read']);
  });
});

describe('rights and policies', () => {
  it('asks no further node when the right to create pods is missing', async () => {
    const nodes = Array.from({ length: 50 }, (_, at) => node(`n${at}`));
    const done = await run(
      nodes,
      { refuse: (verb, kind) => (verb === 'create' && kind === 'pods' ? denied('create pods') : undefined) },
      { atOnce: 2 },
    );
    expect(done.slice).toEqual({ read: false, reason: 'The user may not create pods; grant it.' });
    expect(done.cluster.asked.filter((one) => one.startsWith('create') && one.includes('/pods'))).toHaveLength(2);
    expectNothingLeft(done);
  });

  it('says how to let the pod through Pod Security', async () => {
    const refused = failed(
      'permission-missing',
      'The API server forbids to create pods: pods "x" is forbidden: violates PodSecurity "baseline:latest".',
    ).failure;
    const done = await run([node('a')], { refuse: (verb, kind) => (verb === 'create' && kind === 'pods' ? refused : undefined) });
    expect(reasonsOf(done)).toEqual([expect.stringContaining('enforce=privileged')]);
  });

  it('repeats what a policy of the cluster says, and tries the other nodes', async () => {
    const refused = failed(
      'permission-missing',
      'The API server forbids to create pods: admission webhook "x" denied the request: no hostPath.',
    ).failure;
    const done = await run([node('a'), node('b')], {
      refuse: (verb, kind, count) => (verb === 'create' && kind === 'pods' && count === 0 ? refused : undefined),
    });
    expect(reasonsOf(done)).toEqual([expect.stringContaining('no hostPath'), 'read']);
  });

  it('tells of a pod that it may not remove', async () => {
    const done = await run([node('a')], {
      refuse: (verb, kind) => (verb === 'delete' && kind === 'pods' ? denied('delete pods') : undefined),
    });
    expect(reasonsOf(done)).toEqual(['read']);
    expect(done.left.join(' ')).toMatch(/pod node-facts-\S+ could not be removed: The user may not delete pods/);
  });

  it('needs not list pods', async () => {
    const done = await run([node('a')], {
      namespace: { metadata: { name: namespace } },
      refuse: (verb) => (verb === 'list' ? denied('list pods') : undefined),
    });
    expect(reasonsOf(done)).toEqual(['read']);
    expect(done.left).toEqual([]);
  });
});

describe('a cancel', () => {
  it('ends the scan and removes everything, through the access that outlives it', async () => {
    const abort = new AbortController();
    const never: FakeNode = { statuses: [{ phase: 'Pending' }] };
    const nodes = [node('a'), node('b'), node('c')];
    const cluster = fakePods({ nodes: { a: never, b: never, c: never } });
    const gone = failed('cancelled', 'The request was cancelled.');
    const bound: typeof cluster.access = {
      ...cluster.access,
      get: (...args) => (abort.signal.aborted ? Promise.resolve(gone) : cluster.access.get(...args)),
      remove: () => Promise.resolve(gone),
    };
    let slept = 0;
    const slice = await collectNodeFacts({
      access: bound,
      cleaner: cluster.access,
      nodes,
      scanId: 'one',
      image,
      signal: abort.signal,
      atOnce: 2,
      now: () => '2026-01-01T00:00:00Z',
      sleep: async () => {
        slept += 1;
        if (slept === 3) abort.abort();
      },
    });
    expect(slice).toEqual({ read: false, reason: expect.stringContaining('cancelled') });
    expect(cluster.created.filter(({ spec }) => spec?.nodeName)).toHaveLength(2);
    expect([...cluster.pods.keys(), ...cluster.namespaces.keys()]).toEqual([]);
  });

  it('finds a pod by its label whose creation seemed to fail', async () => {
    const nodes = [node('a')];
    const cluster = fakePods({ nodes: { a: good } });
    const lossy: typeof cluster.access = {
      ...cluster.access,
      create: async (path, body, schema) => {
        const made = await cluster.access.create(path, body, schema);
        return path.endsWith('/pods') ? failed('cluster-unreachable', 'The connection broke off.') : made;
      },
      remove: (path) =>
        path.includes('/pods/') ? Promise.resolve(failed('cluster-unreachable', 'The connection broke off.')) : cluster.access.remove(path),
    };
    const slice = await collectNodeFacts({
      access: lossy,
      cleaner: { ...cluster.access },
      nodes,
      scanId: 'one',
      image,
      signal: new AbortController().signal,
      now: () => '2026-01-01T00:00:00Z',
      sleep: async () => undefined,
    });
    expect(slice).toMatchObject({ read: true, value: [{ read: false, reason: 'The connection broke off.' }] });
    expect([...cluster.pods.keys(), ...cluster.namespaces.keys()]).toEqual([]);
  });
});

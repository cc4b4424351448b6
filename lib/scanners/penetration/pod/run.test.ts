import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type FakeNode, type FakePodsOptions, fakePods } from '../../../../test/support/fake-pods.ts';
import { doorOf } from '../../../../test/support/probe-targets.ts';
import { failed } from '../../../core/failure.ts';
import type { Sight } from '../../../core/probing/index.ts';
import { scanLabel } from '../../pods/home.ts';
import { unpackDoors } from '../targets/index.ts';
import { defaultProbeImage, probeHome } from './home.ts';
import { writeLetter } from './letter.ts';
import type { configMapManifest, podManifest } from './manifest.ts';
import { lookFromPod, type ProbePodInput } from './run.ts';

const namespace = probeHome.namespace.name;
const scanId = '0198c0de-7000-8000-abcdef012345';
const ownLabels = { ...probeHome.labels, [scanLabel]: scanId };
const doors = [doorOf({ address: '10.0.0.4', port: 10250 }), doorOf({ address: '10.96.0.10', port: 53 }, { transport: 'udp' })];
const sight: Sight = { vantage: 'internal', doors: doors.map((door) => ({ door, state: 'open' })), notes: [], exchanges: [], timedOut: 0 };
const goodLog = (pod: string): string => writeLetter(sight, pod).join('\n');
const good: FakeNode = { statuses: [{ phase: 'Pending' }, { phase: 'Running' }, { phase: 'Succeeded' }], log: goodLog };
const stuck = (reason: string, message?: string): FakeNode => ({
  statuses: [{ phase: 'Pending', containerStatuses: [{ state: { waiting: { reason, message } } }] }],
});
const ended = (status: object): FakeNode => ({ statuses: [{ phase: 'Pending' }, { phase: 'Failed', ...status }] });

/** Nobody chooses a node for the pod, so the fake has it on the one without a name. */
const run = async (pod: FakeNode, options: FakePodsOptions = {}, parts: Partial<ProbePodInput> = {}) => {
  const cluster = fakePods({ nodes: { '': pod }, ...options });
  let clock = Date.parse('2026-01-01T00:00:00Z');
  const left: string[] = [];
  const seen = await lookFromPod({
    access: cluster.access,
    cleaner: cluster.access,
    signal: new AbortController().signal,
    scanId,
    version: '1.2.3',
    image: 'registry.example/node:24',
    doors,
    program: 'program',
    now: () => new Date(clock).toISOString(),
    sleep: async (ms) => {
      clock += ms;
    },
    leftBehind: (sentence) => left.push(sentence),
    ...parts,
  });
  return { seen, cluster, left, seconds: (clock - Date.parse('2026-01-01T00:00:00Z')) / 1_000 };
};
type Run = Awaited<ReturnType<typeof run>>;

const expectNothingLeft = ({ cluster, left }: Run): void => {
  expect([...cluster.pods.keys(), ...cluster.configMaps.keys(), ...cluster.namespaces.keys()]).toEqual([]);
  expect(left).toEqual([]);
};
const sayOf = ({ seen }: Run): string => (seen.ok ? 'it looked' : seen.failure.say);

describe('looking from a pod', () => {
  it('hands over program and plan, reads what was seen, and removes everything again', async () => {
    const done = await run(good);
    expect(done.seen).toEqual({ ok: true, value: sight });
    const [ns, map, pod] = done.cluster.created as unknown as [
      { readonly metadata: { readonly name: string; readonly labels: object } },
      ReturnType<typeof configMapManifest>,
      ReturnType<typeof podManifest>,
    ];
    expect(ns.metadata).toMatchObject({ name: namespace, labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } });
    const unzip = (name: 'program.gz' | 'plan.gz') => gunzipSync(Buffer.from(map.binaryData[name], 'base64')).toString();
    expect(unzip('program.gz')).toBe('program');
    const plan = JSON.parse(unzip('plan.gz')) as { readonly doors: unknown };
    expect(plan).toMatchObject({ scanId, version: '1.2.3', nonce: pod.metadata.name, now: '2026-01-01T00:00:00.000Z' });
    expect(unpackDoors(plan.doors)).toEqual(doors);
    expect(pod.spec.containers[0]?.image).toBe('registry.example/node:24');
    expect(pod.spec.volumes[0]?.configMap.name).toBe(map.metadata.name);
    expectNothingLeft(done);
  });

  it('uses a namespace that is there, and leaves it', async () => {
    const done = await run(good, { namespace: { metadata: { name: namespace } } });
    expect(done.seen.ok).toBe(true);
    expect([...done.cluster.namespaces.keys()]).toEqual([namespace]);
    expect([...done.cluster.pods.keys(), ...done.cluster.configMaps.keys()]).toEqual([]);
  });

  it('waits for the ServiceAccount of a new namespace', async () => {
    const account = failed('permission-missing', 'error looking up service account gatehouse-probe/default: not found').failure;
    const done = await run(good, {
      refuse: (verb, kind, count) => (verb === 'create' && kind === 'pods' && count < 3 ? account : undefined),
    });
    expect(done.seen.ok).toBe(true);
    const never = await run(good, { refuse: (verb, kind) => (verb === 'create' && kind === 'pods' ? account : undefined) });
    expect(sayOf(never)).toContain('service account');
    expect(never.seconds).toBeLessThan(20);
    expectNothingLeft(never);
  });

  it('after a try of the same scan that was killed: what it left is replaced, because nobody knows that it is whole', async () => {
    const [, map, pod] = (await run(good)).cluster.created;
    const there = { creationTimestamp: '2026-01-01T00:00:00Z', labels: ownLabels };
    const again = await run(good, {
      namespace: { metadata: { name: namespace, ...there } },
      pods: [{ metadata: { name: pod?.metadata.name ?? '', ...there } }],
      configMaps: [{ metadata: { name: map?.metadata.name ?? '', ...there } }],
    });
    expect(again.seen).toEqual({ ok: true, value: sight });
    expect(again.cluster.created.map(({ metadata }) => metadata.name)).toEqual([map?.metadata.name, pod?.metadata.name]);
    expectNothingLeft(again);
  });

  it('leaves the pod of another scan alone', async () => {
    const labels = { ...probeHome.labels, [scanLabel]: 'other' };
    const other = { metadata: { name: 'probe-other', creationTimestamp: '2026-01-01T00:00:00Z', labels } };
    const done = await run(good, { namespace: { metadata: { name: namespace, labels: ownLabels } }, pods: [other], configMaps: [other] });
    expect(done.seen.ok).toBe(true);
    expect([...done.cluster.pods.keys()]).toEqual(['probe-other']);
    expect([...done.cluster.configMaps.keys()]).toEqual(['probe-other']);
    expect([...done.cluster.namespaces.keys()]).toEqual([namespace]);
  });

  it('reads a log again whose end is late', async () => {
    const late: FakeNode = { ...good, log: (pod, reading) => (reading < 2 ? goodLog(pod).slice(0, -90) : goodLog(pod)) };
    expect((await run(late)).seen.ok).toBe(true);
  });
});

describe('what can go wrong: a sentence, and nothing left behind', () => {
  it.each<[string, FakeNode, RegExp]>([
    ['an image that is not there', stuck('ImagePullBackOff', 'manifest unknown'), /registry does not have it.*--probe-image/],
    ['a registry that refuses', stuck('ImagePullBackOff', 'unauthorized'), /registry\.example\/node:24.*refuses it.*--probe-image/],
    ['an image name that is none', stuck('InvalidImageName'), /InvalidImageName.*--probe-image/],
    ['a container that cannot be made', stuck('CreateContainerConfigError', 'image will run as root'), /cannot start the pod.*as root/],
    ['an image without Node.js', ended({ containerStatuses: [{ state: { terminated: { exitCode: 127 } } }] }), /Node\.js 22 or newer/],
    ['no memory', ended({ containerStatuses: [{ state: { terminated: { exitCode: 137, reason: 'OOMKilled' } } }] }), /out of memory/],
    ['an eviction', ended({ reason: 'Evicted', message: 'The node was low on resource: memory.' }), /Evicted: The node was low/],
    ['its deadline', ended({ reason: 'DeadlineExceeded' }), /deadline/],
    ['no node that takes it', { statuses: [{ phase: 'Pending' }] }, /660 seconds; is there a node/],
    ['a log that is cut', { ...good, log: (pod) => goodLog(pod).slice(0, -90) }, /could not be read whole/],
    ['a log of somebody else', { ...good, log: () => writeLetter(sight, 'other').join('\n') }, /could not be read whole/],
  ])('%s', async (_, pod, says) => {
    const done = await run(pod);
    expect(done.seen.ok).toBe(false);
    expect(sayOf(done)).toMatch(says);
    expectNothingLeft(done);
  });

  it.each<[string, 'namespaces' | 'configmaps' | 'pods', 'create' | 'get' | 'log']>([
    ['no namespace and no right to make one', 'namespaces', 'create'],
    ['no right to hand the program over', 'configmaps', 'create'],
    ['no right to start pods, or a policy that lets none in', 'pods', 'create'],
    ['no right to see pods', 'pods', 'get'],
    ['no right to read logs', 'pods', 'log'],
  ])('%s', async (_, kind, verb) => {
    const refusal = failed('permission-missing', 'The user may not; grant it.', `${verb} ${kind}`).failure;
    const done = await run(good, { refuse: (asked, of) => (asked === verb && of === kind ? refusal : undefined) });
    expect(done.seen).toMatchObject({ ok: false, failure: { code: 'permission-missing', needs: `${verb} ${kind}` } });
    if (kind === 'namespaces') expect(sayOf(done)).toContain('gatehouse permissions --kind penetration --vantage internal');
    expectNothingLeft(done);
  });

  it('somebody removes the pod', async () => {
    const cluster = { current: undefined as ReturnType<typeof fakePods> | undefined };
    const meanwhile: FakePodsOptions['meanwhile'] = (verb, kind, count) => {
      if (verb === 'get' && kind === 'pods' && count === 1) cluster.current?.pods.clear();
    };
    cluster.current = fakePods({ nodes: { '': good }, meanwhile });
    const { access } = cluster.current;
    const done = await run(good, {}, { access, cleaner: access });
    expect(done.seen).toMatchObject({ ok: false, failure: { code: 'conflict', say: expect.stringContaining('Somebody removed the pod') } });
    expect([...cluster.current.configMaps.keys(), ...cluster.current.namespaces.keys()]).toEqual([]);
  });

  it.each([0, 1, 2])('a cancel, at look %i', async (at) => {
    const stop = new AbortController();
    const meanwhile: FakePodsOptions['meanwhile'] = (verb, kind, count) => {
      if (verb === 'get' && kind === 'pods' && count === at) stop.abort();
    };
    const done = await run({ statuses: [{ phase: 'Running' }] }, { meanwhile }, { signal: stop.signal });
    expect(done.seen).toMatchObject({ ok: false, failure: { code: 'cancelled' } });
    expect(done.seconds).toBeLessThan(5);
    expectNothingLeft(done);
  });

  it('what cannot be removed is told', async () => {
    const refusal = failed('permission-missing', 'The user may not delete pods; grant it.').failure;
    const done = await run(good, { refuse: (verb, kind) => (verb === 'delete' && kind === 'pods' ? refusal : undefined) });
    expect(done.seen.ok).toBe(true);
    expect(done.left).toEqual([expect.stringMatching(/left could not be removed: The user may not delete pods/)]);
  });

  it('more doors than a ConfigMap holds: nothing is created', async () => {
    const owners = Array.from({ length: 60_000 }, (_, at) =>
      doorOf({ address: `10.${at >> 12}.0.${at & 255}`, port: 1 + (at % 60_000) }, { owner: crypto.randomUUID() }),
    );
    const done = await run(good, {}, { doors: owners });
    expect(done.seen).toMatchObject({ ok: false, failure: { code: 'input-invalid', say: expect.stringContaining('--targets') } });
    expect(done.cluster.asked).toEqual([]);
  });
});

it('the usual image is named in full, so that a mirror can be told', () =>
  expect(defaultProbeImage).toMatch(/^docker\.io\/library\/node:\d+/));

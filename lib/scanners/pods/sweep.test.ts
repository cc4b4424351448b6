import { expect, it } from 'vitest';
import { fakePods } from '../../../test/support/fake-pods.ts';
import { nodeFactsHome, nodeFactsNamespace, podLabels } from '../configuration/node-facts/manifest.ts';
import { scanLabel } from './home.ts';
import { sweepLeftovers } from './sweep.ts';

const { name } = nodeFactsNamespace;
const now = '2026-01-01T12:00:00Z';
const pod = (podName: string, creationTimestamp: string, labels: Readonly<Record<string, string>> = podLabels) => ({
  metadata: { name: podName, creationTimestamp, labels },
  spec: { nodeName: 'cp1' },
});
const made = (creationTimestamp: string, labels: Readonly<Record<string, string>> = { [scanLabel]: 'old' }) => ({
  metadata: { name, creationTimestamp, labels },
});
const sweep = async (options: Parameters<typeof fakePods>[0], all = false) => {
  const cluster = fakePods(options);
  const answer = await sweepLeftovers({ home: nodeFactsHome, access: cluster.access, all, now: () => now, sleep: async () => undefined });
  return { answer, pods: [...cluster.pods.keys()], namespaces: [...cluster.namespaces.keys()] };
};

it('removes old pods and the namespace that a scan made', async () => {
  const swept = await sweep({
    namespace: made('2026-01-01T10:00:00Z'),
    pods: [pod('node-facts-a-0', '2026-01-01T10:00:00Z'), pod('node-facts-a-1', '2026-01-01T10:00:01Z')],
  });
  expect(swept).toEqual({
    answer: {
      ok: true,
      value: [
        `Removed pod ${name}/node-facts-a-0 on node cp1.`,
        `Removed pod ${name}/node-facts-a-1 on node cp1.`,
        `Removed namespace ${name}.`,
      ],
    },
    pods: [],
    namespaces: [],
  });
});

it('keeps pods that may belong to a scan that still runs, and the namespace with them', async () => {
  const swept = await sweep({
    namespace: made('2026-01-01T10:00:00Z'),
    pods: [pod('young', '2026-01-01T11:59:00Z'), pod('old', '2026-01-01T11:50:00Z')],
  });
  expect(swept).toMatchObject({ answer: { ok: true, value: [expect.stringContaining('/old ')] }, pods: ['young'], namespaces: [name] });
});

it('keeps a namespace that was made a moment ago', async () => {
  expect(await sweep({ namespace: made('2026-01-01T11:59:30Z') })).toMatchObject({ answer: { ok: true, value: [] }, namespaces: [name] });
});

it('keeps a namespace that no scan made', async () => {
  const swept = await sweep({ namespace: made('2025-01-01T10:00:00Z', podLabels), pods: [pod('old', '2025-01-01T10:00:00Z')] }, true);
  expect(swept).toMatchObject({ pods: [], namespaces: [name] });
});

it('keeps what is not ours', async () => {
  const swept = await sweep({ namespace: made('2025-01-01T10:00:00Z'), pods: [pod('theirs', '2025-01-01T10:00:00Z', {})] }, true);
  expect(swept).toMatchObject({ answer: { ok: true, value: [] }, pods: ['theirs'], namespaces: [name] });
});

it('removes what is young too when told to', async () => {
  const swept = await sweep({ namespace: made(now), pods: [pod('young', '2026-01-01T11:59:59Z')] }, true);
  expect(swept).toMatchObject({ pods: [], namespaces: [] });
});

it('removes what the ended scan itself left, however young, and nothing of a scan that may still run', async () => {
  const own = (id: string) => ({ ...podLabels, [scanLabel]: id });
  const cluster = (others: boolean) =>
    fakePods({
      namespace: made(now, { [scanLabel]: 'ended' }),
      pods: [pod('mine', now, own('ended')), ...(others ? [pod('theirs', now, own('alive'))] : [])],
    });
  for (const others of [true, false]) {
    const { access, pods, namespaces } = cluster(others);
    const answer = await sweepLeftovers({ home: nodeFactsHome, access, scanId: 'ended', now: () => now, sleep: async () => undefined });
    expect(answer.ok).toBe(true);
    expect([...pods.keys()]).toEqual(others ? ['theirs'] : []);
    expect([...namespaces.keys()]).toEqual(others ? [name] : []);
  }
});

it('has nothing to do in a clean cluster, and can be repeated', async () => {
  expect(await sweep({})).toEqual({ answer: { ok: true, value: [] }, pods: [], namespaces: [] });
});

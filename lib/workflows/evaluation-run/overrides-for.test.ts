import { afterEach, beforeEach, expect, it } from 'vitest';
import { must } from '../../../test/support/answers.ts';
import { createServicePorts, type TestService } from '../../../test/support/service.ts';
import type { OverrideRecord } from '../../fleet/override-record.ts';
import { overrideHolds } from '../../gate/decide/override.ts';
import { partitions } from '../../records/index.ts';
import { overridesFor } from './overrides-for.ts';

const projectId = 'prj-000000000001';
const clusterId = 'cls-000000000001';
const now = '2026-11-27T12:00:00.000Z';

let service: TestService;
beforeEach(() => {
  service = createServicePorts();
});
afterEach(() => service.close());

const person = (letter: string) => ({ type: 'person' as const, id: `usr-00000000000${letter}`, name: `Person ${letter}` });
const anOverride = (digit: string, change: Partial<OverrideRecord> = {}): OverrideRecord => ({
  id: `ovr-00000000000${digit}`,
  projectId,
  clusterId,
  clusterName: 'shop-prod',
  target: 'v1.36.3',
  reason: 'The advisory does not concern us.',
  expires: '2026-11-28T12:00:00.000Z',
  state: 'approved',
  requestedBy: person('a'),
  requestedAt: '2026-11-27T10:00:00.000Z',
  decidedBy: person('b'),
  decidedAt: '2026-11-27T11:00:00.000Z',
  ...change,
});
const store = async (...overrides: OverrideRecord[]) => {
  for (const one of overrides) must(await service.ports.records.overrides.create(one));
};
const found = (target?: string) =>
  overridesFor(service.ports.records, { projectId, clusterId, clusterUid: 'uid-1', ...(target === undefined ? {} : { target }) });

it('are the approved ones of that cluster, as the gate looks at them', async () => {
  await store(
    anOverride('1'),
    anOverride('2', { state: 'requested' }),
    anOverride('3', { state: 'rejected' }),
    anOverride('4', { state: 'withdrawn' }),
    anOverride('5', { clusterId: 'cls-000000000002' }),
  );
  expect(await found()).toEqual([
    {
      id: 'ovr-000000000001',
      clusterId: 'uid-1',
      target: 'v1.36.3',
      reason: 'The advisory does not concern us.',
      requestedBy: { id: 'usr-00000000000a', name: 'Person a' },
      requestedAt: '2026-11-27T10:00:00.000Z',
      approvedBy: { id: 'usr-00000000000b', name: 'Person b' },
      approvedAt: '2026-11-27T11:00:00.000Z',
      expires: '2026-11-28T12:00:00.000Z',
    },
  ]);
});

it('hold however the version is written, and for no other version', async () => {
  await store(anOverride('1'), anOverride('2', { target: 'v1.36.4' }));
  const holding = async (target: string) =>
    (await found(target)).filter((one) => overrideHolds(one, { clusterId: 'uid-1', target }, now)).map(({ id }) => id);
  expect(await holding('1.36.3')).toEqual(['ovr-000000000001']);
  expect(await holding('v1.36.3')).toEqual(['ovr-000000000001']);
  expect(await holding('v1.36.5')).toEqual([]);
});

it('an index that lags behind lets nothing through that was ended', async () => {
  await store(anOverride('1'));
  const { records } = service.ports;
  const late = must(await records.overrides.list(partitions.approvedOverrides(clusterId)));
  must(
    await records.overrides.update({ projectId, id: 'ovr-000000000001' }, (one) => ({ ok: true, value: { ...one, state: 'withdrawn' } })),
  );
  const stale = {
    ...records.overrides,
    all: async function* () {
      yield* late.items;
    },
  };
  expect(late.items).toHaveLength(1);
  expect(await overridesFor({ overrides: stale }, { projectId, clusterId, clusterUid: 'uid-1' })).toEqual([]);
  expect(await found()).toEqual([]);
});

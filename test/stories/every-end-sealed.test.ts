import { describe, expect, it } from 'vitest';
import { addMinutes } from '../../lib/core/time.ts';
import { isDone, type ScanRecord } from '../../lib/fleet/scan.ts';
import { partitions } from '../../lib/records/index.ts';
import { dispatchDueScans } from '../../lib/workflows/dispatch-due-scans.ts';
import { upkeep } from '../../lib/workflows/upkeep/index.ts';
import { must } from '../support/answers.ts';
import { kills, type Prepared, prepare, run, stateOf } from '../support/killing.ts';
import { clusterId, openScanService, projectId, type ScanService, until } from '../support/scan-service.ts';
import { type Way, wayOf } from '../support/scan-ways.ts';

const within = async <T>(prepared: Prepared, way: Way, work: (service: ScanService) => Promise<T>): Promise<T> => {
  const service = await openScanService(prepared.folder, wayOf(way));
  try {
    return await work(service);
  } finally {
    await service.close();
  }
};
const done = ({ records }: ScanService, { id }: Prepared) =>
  until(`the seal of ${id}`, async () => (isDone(must(await records.scans.need({ clusterId, name: id })).value) ? true : undefined));

/** The record and the sealed manifest say the same, the chain has this scan once, and everything fits. */
const expectSealed = async (service: ScanService, prepared: Prepared, place: string) => {
  const { scan, manifest, chain, problem, lane, running = [] } = await stateOf(service, prepared);
  expect({ chain, problem }, place).toEqual({ chain: [prepared.id], problem: null });
  const { id, kind, state, reason, queuedAt, startedAt, endedAt, trigger } = scan;
  expect(manifest.scan, place).toEqual(JSON.parse(JSON.stringify({ id, kind, state, reason, queuedAt, startedAt, endedAt })));
  expect(manifest, place).toMatchObject({ trigger, versions: { tool: '0.0.0' } });
  expect(manifest.artefacts, place).toEqual(scan.artefacts.filter(({ name }) => name !== 'manifest.sig.json'));
  return { scan, manifest, held: { lane, running } };
};

const expected = {
  failed: { state: 'failed', reason: /SCAN_BROKE_OFF/, files: ['facts.json.gz'], event: 'event scan.failed' },
  skipped: { state: 'skipped', reason: /does not answer; check the route/, files: [], event: undefined },
  cancelled: { state: 'cancelled', reason: /before it started/, files: [], event: 'event scan.cancelled' },
  removed: { state: 'cancelled', reason: /before it started/, files: [], event: 'event scan.cancelled' },
} as const;

describe('a scan that does not end well and whose process is killed (SIGKILL) at every single thing it writes', () => {
  it.each(['failed', 'skipped', 'cancelled', 'removed'] as const)(
    'goes on at the next start and ends sealed, with what it left: %s',
    { timeout: 900_000 },
    async (way) => {
      const { state, reason, files, event } = expected[way];
      const writes = await run(await prepare(way), 0, 'never', way);
      const last = ['record SCAN', 'record CHAIN', 'object manifest.json', 'object manifest.sig.json', 'record SCAN'];
      expect(writes.filter((what) => last.includes(what)).slice(-last.length)).toEqual(last);
      expect(writes.filter((what) => what.startsWith('event') && what !== 'event scan.started')).toEqual(event ? [event] : []);
      // one that is cancelled alone goes the way of one whose cluster is removed, too
      for (const { what, at, when } of way === 'cancelled' ? kills(writes).slice(-1) : kills(writes)) {
        const place = `killed ${when} ${what} (${at})`;
        const prepared = await prepare(way);
        expect(await run(prepared, at, when, way), place).toHaveLength(at);
        await within(prepared, way, async (service) => {
          service.engine.resume();
          await done(service, prepared);
          const { scan, manifest, held } = await expectSealed(service, prepared, place);
          expect(held, place).toEqual({ lane: undefined, running: [] });
          expect(scan, place).toMatchObject({ state, reason: expect.stringMatching(reason) });
          expect(
            manifest.artefacts.map(({ name }) => name),
            place,
          ).toEqual(files);
          expect(manifest.cluster.name, place).toBe('demo');
        });
      }
    },
  );
});

/** Upkeep as it ticks so many minutes from now. */
const tick = ({ ports, records, shortLived, starter, engine }: ScanService, minutes: number) =>
  upkeep({
    ...ports,
    records,
    shortLived,
    starter,
    clock: { ...ports.clock, now: () => addMinutes(ports.clock.now(), minutes) },
    isAlive: async ({ scanId }) => engine.describe(scanId)?.state === 'running',
  });

describe('a scan whose run is lost for good', () => {
  it('wherever it was, is ended by upkeep and sealed as what its record says', { timeout: 900_000 }, async () => {
    const writes = await run(await prepare(), 0, 'never');
    const ends = new Map<string, string[]>();
    for (const { what, at, when } of kills(writes)) {
      const place = `lost ${when} ${what} (${at})`;
      const prepared = await prepare();
      await run(prepared, at, when);
      await within(prepared, 'completed', async (service) => {
        // its run has ended before, or ends now without another word
        service.engine.stop(prepared.id, 'lost');
        await tick(service, 10);
        await tick(service, 20);
        service.engine.resume();
        await done(service, prepared);
        const { scan } = await expectSealed(service, prepared, place);
        ends.set(scan.state, [...(ends.get(scan.state) ?? []), what]);
      });
    }
    // both are seen: lost before it was decided how it ends, and after
    expect([...ends.keys()].toSorted()).toEqual(['completed', 'failed']);
    expect(ends.get('failed')).toContain('object report.pdf');
    expect(ends.get('completed')).toContain('object manifest.json');
  });
});

describe('evidence that cannot be sealed when a scan ends', () => {
  it.each(['completed', 'skipped'] as const)('is sealed by upkeep later, and the scan has ended meanwhile: %s', async (way) => {
    const prepared = await prepare(way);
    await within(prepared, way, async (service) => {
      const { sign } = service.ports.signer;
      service.ports.signer.sign = async () => {
        throw new Error('the key is away');
      };
      service.engine.resume();
      await until('the end of the run', async () => (service.engine.describe(prepared.id)?.state === 'succeeded' ? true : undefined));
      const { value: ended } = must(await service.records.scans.need({ clusterId, name: prepared.id }));
      expect(ended).toMatchObject({ state: way, unsealed: true });
      expect(ended.manifest).toBeUndefined();
      expect(await service.records.lanes.get({ clusterId, name: 'configuration' })).toBeUndefined();
      await tick(service, 10);
      await until('a try in vain', async () =>
        ['failed', 'succeeded'].includes(service.engine.describe(`${prepared.id}-seal-0`)?.state ?? '') ? true : undefined,
      );
      expect(must(await service.records.scans.need({ clusterId, name: prepared.id })).value).toMatchObject({ unsealed: true });
      service.ports.signer.sign = sign;
      await tick(service, 20);
      await done(service, prepared);
      await expectSealed(service, prepared, 'later');
    });
  });

  it('is sealed once, whoever is at it at the same time', async () => {
    const prepared = await prepare('skipped');
    await within(prepared, 'skipped', async (service) => {
      const { sign } = service.ports.signer;
      service.ports.signer.sign = async () => {
        throw new Error('the key is away');
      };
      service.engine.resume();
      await until('the end of the run', async () => (service.engine.describe(prepared.id)?.state === 'succeeded' ? true : undefined));
      service.ports.signer.sign = sign;
      const run = { projectId: 'default', clusterId, scanId: prepared.id };
      for (const seal of [7, 8, 9]) must(await service.starter.start({ ...run, seal }));
      for (const seal of [7, 8, 9])
        await until(`try ${seal}`, async () =>
          service.engine.describe(`${prepared.id}-seal-${seal}`)?.state === 'succeeded' ? true : undefined,
        );
      await expectSealed(service, prepared, 'three at once');
    });
  });
});

it('slots that nobody was there for are sealed, too, each as skipped', async () => {
  const prepared = await prepare('removed');
  await within(prepared, 'removed', async (service) => {
    const { records, starter, ports } = service;
    const now = ports.clock.now();
    const slot = addMinutes(`${now.slice(0, 13)}:00:00.000Z`, -120);
    const when = { cron: '0 * * * *', timeZone: 'UTC', paused: false, jitterMinutes: 0, nextSlot: slot, nextRunAt: slot };
    const options = { nodeFacts: false };
    must(
      await records.schedules.create({ projectId, clusterId, kind: 'configuration', ...when, options, createdAt: slot, updatedAt: slot }),
    );
    expect(await dispatchDueScans({ records, starter, events: ports.events, log: ports.log }, now)).toMatchObject({ missed: 2, failed: 0 });
    service.engine.resume();
    await tick(service, 10);
    const sealed: ScanRecord[] = [];
    await until('all seals', async () => {
      sealed.length = 0;
      for await (const { value } of records.scans.all(partitions.scans(clusterId))) if (isDone(value)) sealed.push(value);
      return sealed.length === 4 ? true : undefined;
    });
    const { chain, problem } = await stateOf(service, prepared);
    expect(problem).toBeNull();
    expect(chain.toSorted()).toEqual(sealed.map(({ id }) => id).toSorted());
    const missed = sealed.filter(({ reason }) => reason?.startsWith('Nobody was there'));
    expect(missed.map(({ state, manifest }) => [state, manifest !== undefined])).toEqual(Array(2).fill(['skipped', true]));
  });
});

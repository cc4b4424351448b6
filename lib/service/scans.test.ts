import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { codeOf, must, sayOf } from '../../test/support/answers.ts';
import { aCluster, scanAt, storeFleet } from '../../test/support/fleet.ts';
import { buildReport, judged, workload } from '../../test/support/report-builder.ts';
import { completed, createScanning, type Scanning } from '../../test/support/scanning.ts';
import { allMighty, callOf } from '../../test/support/service.ts';
import { FindingQuery, HistoryQuery } from '../api/schemas/scans.ts';
import { type ScanRecord, type ScanState, scanStates } from '../fleet/scan.ts';
import type { ScanKind } from '../reports/report.ts';
import type { Caller } from './handler.ts';
import { scansHandlers } from './scans.ts';

const cluster = aCluster({ name: 'Shop & Co' });
const removed = aCluster({ id: 'cls-00000000000f', name: 'old', state: 'removed' });
const { projectId, id: clusterId } = cluster;
const elsewhere = { projectId: 'default', clusterId };

let service: Scanning;
let scans: ReturnType<typeof scansHandlers>;
beforeEach(async () => {
  service = await createScanning();
  scans = scansHandlers(service.ports);
  await storeFleet(service.ports.records, { clusters: [cluster, removed] });
});
afterEach(() => service.close());

const ofCluster = { projectId, clusterId };
const of = ({ id }: Pick<ScanRecord, 'id'>, where: typeof ofCluster = ofCluster) => ({ ...where, scanId: id });
const run = (kinds: ScanKind[], caller: Caller = allMighty, params = ofCluster) =>
  scans['scans.run'](callOf<'scans.run'>(caller, { params, body: { kinds, options: { nodeFacts: true } } }));
const list = (query: Readonly<Record<string, unknown>> = {}, params = ofCluster) =>
  scans['scans.list'](callOf<'scans.list'>(allMighty, { params, query: HistoryQuery.parse(query) }));
const get = (scan: ScanRecord, where?: typeof ofCluster) => scans['scans.get'](callOf<'scans.get'>(allMighty, { params: of(scan, where) }));
const cancel = (scan: ScanRecord, where?: typeof ofCluster) =>
  scans['scans.cancel'](callOf<'scans.cancel'>(allMighty, { params: of(scan, where) }));
const remove = (scan: ScanRecord, where?: typeof ofCluster) =>
  scans['scans.delete'](callOf<'scans.delete'>(allMighty, { params: of(scan, where) }));
const download = (scan: ScanRecord, file: string, where?: typeof ofCluster) =>
  scans['scans.download'](callOf<'scans.download'>(allMighty, { params: { ...of(scan, where), file } }));
const findings = (scan: ScanRecord, where?: typeof ofCluster) =>
  scans['scans.findings'](callOf<'scans.findings'>(allMighty, { params: of(scan, where), query: FindingQuery.parse({ outcome: 'fail' }) }));
const compare = (base: ScanRecord, head: ScanRecord, params = ofCluster) =>
  scans['scans.compare'](callOf<'scans.compare'>(allMighty, { params, query: { base: base.id, head: head.id } }));

const stored = async (...all: ScanRecord[]): Promise<void> => storeFleet(service.ports.records, { scans: all });
const reportOf = (scanId: string, ...failing: string[]) =>
  buildReport({
    scan: { id: scanId },
    judged: [['pods/privileged', judged(workload('back'), 'pass'), ...failing.map((name) => judged(workload(name), 'fail'))]],
  });

describe('running', () => {
  it('queues and starts one scan of each kind that is named, however often', async () => {
    const { body, target } = must(await run(['configuration', 'configuration']));
    expect(body.items).toMatchObject([
      { state: 'queued', kind: 'configuration', options: { nodeFacts: true }, queuedAt: '2026-11-27T12:00:00.000Z' },
    ]);
    const [scan] = body.items;
    expect(service.started).toEqual([{ ...ofCluster, scanId: scan?.id }]);
    expect(target).toBe(`clusters/${clusterId}/scans/${scan?.id}`);
    expect(must(await list()).body.items).toEqual(body.items);
    expect(must(await run(['configuration'])).body.items[0]?.id).not.toBe(scan?.id);
  });

  it.each([
    ['person', 'person'],
    ['token', 'person'],
    ['pipeline', 'pipeline'],
  ] as const)('says that a %s was a %s', async (type, started) => {
    const actor = { type, id: 'some-id', name: 'nightly, token of Ann' };
    const { items } = must(await run(['configuration'], { ...allMighty, actor })).body;
    expect(items[0]?.trigger).toEqual({ type: started, actor });
  });

  it('refuses a kind that this version cannot run, and then runs none', async () => {
    expect(sayOf(await run(['configuration', 'sbom']))).toContain('cannot run sbom scans');
    expect([service.started, must(await list()).body.items]).toEqual([[], []]);
  });

  it('refuses a cluster that was removed, or is in another project', async () => {
    expect(sayOf(await run(['configuration'], allMighty, { projectId, clusterId: removed.id }))).toContain('"old" was removed');
    expect(codeOf(await run(['configuration'], allMighty, elsewhere))).toBe('not-found');
    expect(service.started).toEqual([]);
  });

  it('refuses the sixth that would wait, and runs none of what was asked for with it', async () => {
    for (let asked = 0; asked < 5; asked++) must(await run(['configuration']));
    expect(codeOf(await run(['configuration']))).toBe('conflict');
    expect(service.started).toHaveLength(5);
  });

  it('says so when it cannot be started; the scan stays queued for upkeep', async () => {
    service.state.refusesStarts = true;
    expect(codeOf(await run(['configuration']))).toBe('timed-out');
    expect(must(await list()).body.items.map(({ state }) => state)).toEqual(['queued']);
  });
});

describe('history', () => {
  const all = [
    scanAt('2026-11-01T00:00:00.000Z', { state: 'completed' }),
    scanAt('2026-11-02T00:00:00.000Z', { state: 'failed' }),
    scanAt('2026-11-03T00:00:00.000Z', { kind: 'sbom', state: 'completed' }),
    scanAt('2026-11-04T00:00:00.000Z', { state: 'running' }),
  ];
  const places = async (query: Readonly<Record<string, unknown>>) =>
    must(await list(query)).body.items.map(({ id }) => all.findIndex((scan) => scan.id === id));

  it.each<[Readonly<Record<string, unknown>>, number[]]>([
    [{}, [3, 2, 1, 0]],
    [{ kind: 'configuration' }, [3, 1, 0]],
    [{ kind: 'configuration,sbom' }, [3, 2, 1, 0]],
    [{ kind: 'conformance' }, []],
    [{ state: 'completed' }, [2, 0]],
    [{ state: ['failed', 'running'] }, [3, 1]],
    [{ from: '2026-11-03T00:00:00Z' }, [3, 2]],
    [{ to: '2026-11-02T00:00:00Z' }, [1, 0]],
    [{ kind: 'configuration', state: 'completed,failed', from: '2026-11-01T12:00:00Z', to: '2026-11-03T00:00:00Z' }, [1]],
  ])('%j', async (query, expected) => {
    await stored(...all);
    expect(await places(query)).toEqual(expected);
  });

  it('comes in pages; a cursor is good for its own query only', async () => {
    await stored(...all);
    const first = must(await list({ limit: 2 })).body;
    expect(first.items.map(({ id }) => id)).toEqual([all[3]?.id, all[2]?.id]);
    expect(must(await list({ limit: 2, cursor: first.next })).body.items.map(({ id }) => id)).toEqual([all[1]?.id, all[0]?.id]);
    expect(codeOf(await list({ limit: 2, cursor: first.next }, { projectId, clusterId: removed.id }))).toBe('input-invalid');
  });

  it('stays readable after the cluster was removed, and is that of its own project', async () => {
    await stored(scanAt('2026-11-01T00:00:00.000Z', { clusterId: removed.id }));
    expect(must(await list({}, { projectId, clusterId: removed.id })).body.items).toHaveLength(1);
    expect(codeOf(await list({}, elsewhere))).toBe('not-found');
  });
});

describe('cancelling and deleting', () => {
  const scanThatIs = (state: ScanState) => scanAt('2026-11-01T00:00:00.000Z', { state });
  const open: readonly ScanState[] = ['queued', 'running'];

  it.each(scanStates)('of a scan that is %s', async (state) => {
    const scan = scanThatIs(state);
    await stored(scan);
    if (open.includes(state)) {
      expect(sayOf(await remove(scan))).toContain('cancel it first');
      const cancelRequested = { by: allMighty.actor, at: '2026-11-27T12:00:00.000Z' };
      expect(must(await cancel(scan)).body).toEqual({ ...scan, cancelRequested });
      service.pass(5);
      expect(must(await cancel(scan)).body).toEqual({ ...scan, cancelRequested });
      expect(must(await get(scan)).body).toEqual({ ...scan, cancelRequested });
    } else {
      expect(sayOf(await cancel(scan))).toContain(`it is ${state}`);
      must(await remove(scan));
      expect(codeOf(await get(scan))).toBe('not-found');
    }
  });

  it.each(['failed', 'skipped', 'completed'] as const)(
    'of a scan that is %s and not sealed yet is refused: nobody hides it',
    async (state) => {
      const scan = { ...scanThatIs(state), unsealed: true as const };
      await stored(scan);
      const refused = await remove(scan);
      expect([codeOf(refused), sayOf(refused)]).toEqual(['conflict', expect.stringContaining('being sealed')]);
      must(await get(scan));
    },
  );

  it('finds nothing in another project or cluster', async () => {
    const scan = scanThatIs('completed');
    await stored(scan);
    for (const where of [elsewhere, { projectId, clusterId: removed.id }])
      for (const answer of [
        await get(scan, where),
        await cancel(scan, where),
        await remove(scan, where),
        await findings(scan, where),
        await download(scan, 'report.json', where),
      ])
        expect(codeOf(answer)).toBe('not-found');
    must(await get(scan));
  });
});

describe('files and findings', () => {
  it('gives a link that is good for five minutes, under a name that every disk takes', async () => {
    const scan = await completed(service.ports, scanAt('2026-11-01T00:00:00.000Z'), reportOf('a', 'front'));
    await stored(scan);
    const { body } = must(await download(scan, 'report.json'));
    const [file] = scan.artefacts;
    expect(body).toMatchObject({
      expiresAt: '2026-11-27T12:05:00.000Z',
      fileName: `Shop-Co-${scan.id}-report.json`,
      contentType: 'application/json',
      size: file?.size,
      sha256: file?.sha256,
    });
    expect(body.url).toMatch(/^http:\/\/localhost\//);
  });

  it('says why there is no file', async () => {
    const done = await completed(service.ports, scanAt('2026-11-01T00:00:00.000Z'), reportOf('a'));
    const running = scanAt('2026-11-02T00:00:00.000Z', { state: 'running' });
    await stored(done, running);
    expect([codeOf(await download(done, 'report.pdf')), sayOf(await download(done, 'report.pdf'))]).toEqual([
      'not-found',
      expect.stringContaining('has no file report.pdf'),
    ]);
    expect(sayOf(await download(running, 'report.pdf'))).toContain('is running and has no files');
    expect(codeOf(await findings(running))).toBe('conflict');
  });

  it('hands out what a scan left that did not complete, and makes no findings of it', async () => {
    const broken = await completed(service.ports, scanAt('2026-11-01T00:00:00.000Z'), reportOf('a'));
    const scan = { ...broken, state: 'failed' as const, reason: 'It broke.' };
    await stored(scan);
    must(await download(scan, 'report.json'));
    expect([codeOf(await findings(scan)), sayOf(await findings(scan))]).toEqual(['conflict', expect.stringContaining('is failed')]);
  });

  it('finds what was asked for in the stored report', async () => {
    const scan = await completed(service.ports, scanAt('2026-11-01T00:00:00.000Z'), reportOf('a', 'front'));
    await stored(scan);
    const { items, total } = must(await findings(scan)).body;
    expect([total, items.map(({ subject }) => subject.name)]).toEqual([1, ['front']]);
  });
});

describe('comparing', () => {
  it('compares two completed scans of a kind', async () => {
    const base = await completed(service.ports, scanAt('2026-11-01T00:00:00.000Z'), reportOf('a', 'front'));
    const head = await completed(service.ports, scanAt('2026-11-02T00:00:00.000Z'), reportOf('b', 'front', 'cart'));
    await stored(base, head);
    const comparison = must(await compare(base, head)).body;
    expect(comparison.new.map(({ subject }) => subject.name)).toEqual(['cart']);
    expect(comparison.persisting.map(({ subject }) => subject.name)).toEqual(['front']);
    expect(comparison.resolved).toEqual([]);
  });

  it('refuses other kinds, unfinished scans, and scans that are not there', async () => {
    const done = await completed(service.ports, scanAt('2026-11-01T00:00:00.000Z'), reportOf('a'));
    const sbom = await completed(service.ports, scanAt('2026-11-02T00:00:00.000Z', { kind: 'sbom' }), reportOf('b'));
    const running = scanAt('2026-11-03T00:00:00.000Z', { state: 'running' });
    await stored(done, sbom, running);
    expect(sayOf(await compare(done, sbom))).toContain('compare two of the same kind');
    for (const answer of [await compare(done, running), await compare(running, done)]) expect(sayOf(answer)).toContain('is running');
    const nobody = scanAt('2026-11-04T00:00:00.000Z');
    for (const answer of [await compare(done, nobody), await compare(nobody, done), await compare(done, done, elsewhere)])
      expect(codeOf(answer)).toBe('not-found');
  });
});

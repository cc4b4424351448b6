import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createEvidenceFolder } from '../../lib/adapters/local/evidence-folder.ts';
import { failed, succeed } from '../../lib/core/failure.ts';
import { kubeconfigSecret } from '../../lib/fleet/cluster.ts';
import { isDone, isFinal, type ScanRecord } from '../../lib/fleet/scan.ts';
import { scanIdOf } from '../../lib/fleet/scan-id.ts';
import { partitions } from '../../lib/records/index.ts';
import { readPublicKey } from '../../lib/reports/evidence/signature.ts';
import { Report } from '../../lib/reports/report.ts';
import { queueScan } from '../../lib/workflows/queue-scan.ts';
import { verifyStoredEvidence } from '../../lib/workflows/verify-evidence.ts';
import { must } from '../support/answers.ts';
import { recordingOf, replayConnector } from '../support/replayed-cluster.ts';
import {
  clusterId,
  furnish,
  openScanService,
  projectId,
  type ScanService,
  type ScanServiceOptions,
  until,
} from '../support/scan-service.ts';

const person = { type: 'person', id: 'usr-00000000000a', name: 'Ada' } as const;
const open: ScanService[] = [];
afterEach(async () => {
  for (const service of open.splice(0)) await service.close();
});

const start = async (options: ScanServiceOptions, concurrentScans?: number) => {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-run-'));
  const service = await openScanService(folder, options);
  open.push(service);
  await furnish(service, concurrentScans);
  service.engine.resume();
  return { service, folder };
};

let asked = 0;
const queue = async ({ records, starter, ports }: ScanService, kind: ScanRecord['kind'] = 'configuration'): Promise<string> => {
  const queuedAt = ports.clock.now();
  const id = scanIdOf({ kind, clusterId, at: queuedAt, nonce: String(++asked) });
  const options = { nodeFacts: false };
  must(
    await queueScan(records, starter, { id, projectId, clusterId, kind, trigger: { type: 'person', actor: person }, options, queuedAt }),
  );
  return id;
};
const read = async ({ records }: ScanService, id: string): Promise<ScanRecord> =>
  must(await records.scans.need({ clusterId, name: id })).value;
const ended = (service: ScanService, id: string): Promise<ScanRecord> =>
  until(`the end of ${id}`, async () => {
    const scan = await read(service, id);
    return isFinal(scan.state) ? scan : undefined;
  });
const reportOf = async ({ ports }: ScanService, { artefacts }: ScanRecord): Promise<Report> => {
  const file = artefacts.find(({ name }) => name === 'report.json');
  const { body } = must(await ports.objects.get(file?.key ?? '', file));
  return Report.parse(JSON.parse(Buffer.from(body).toString('utf8')));
};

describe('a scan from end to end', () => {
  it('ends completed, with every file, sealed, told once, and everything it held given back', async () => {
    const { service, folder } = await start({ connector: replayConnector(() => recordingOf('before')) });
    const id = await queue(service);
    const scan = await ended(service, id);
    expect(scan).toMatchObject({ state: 'completed', kubernetesVersion: 'v1.35.4', benchmark: { version: '2.0.1', inRange: true } });
    expect(scan.artefacts.map(({ name }) => name).toSorted()).toEqual(
      [
        'facts.json.gz',
        'manifest.sig.json',
        'report.csv',
        'report.json',
        'report.junit.xml',
        'report.oscal.json',
        'report.pdf',
        'report.sarif',
      ].toSorted(),
    );
    expect(scan.manifest).toMatchObject({ name: 'manifest.json', sequence: 1 });
    expect(scan.progress).toBeUndefined();
    const report = await reportOf(service, scan);
    expect(report.counts).toEqual(scan.counts);
    expect(report.scan).toMatchObject({ id, trigger: 'person', actor: 'Ada', cluster: { name: 'demo' } });
    await until('the event', async () => (service.published.length > 1 ? true : undefined));
    expect(service.published).toMatchObject([
      { id: `${id}-started`, type: 'scan.started' },
      { id: `${id}-completed`, type: 'scan.completed', data: { scanId: id, state: 'completed' } },
    ]);
    expect(await service.records.lanes.get({ clusterId, name: 'configuration' })).toBeUndefined();
    expect((await service.records.slots.get(projectId))?.value.running).toEqual([]);
    expect((await service.records.clusters.get({ projectId, clusterId }))?.value).toMatchObject({
      uid: report.scan.cluster.id,
      health: { state: 'healthy' },
    });
    const pem = must(await service.ports.signer.publicKey());
    const verified = must(
      await verifyStoredEvidence({
        source: createEvidenceFolder(join(folder, 'evidence', 'objects')),
        keys: [must(readPublicKey(pem, 'the key'))],
        expected: {},
      }),
    );
    expect(verified).toMatchObject({ problem: null });
  });

  it('is compared with the completed scan before it, and its manifest names that one', async () => {
    const recordings = [recordingOf('before'), recordingOf('after')];
    let current = recordings[0];
    const { service } = await start({ connector: replayConnector(() => current ?? recordingOf('before')) });
    const first = await ended(service, await queue(service));
    current = recordings[1];
    const second = await ended(service, await queue(service));
    expect(second.changes).toMatchObject({ baseScanId: first.id, new: 11, resolved: 15, notComparable: 0 });
    expect(second.manifest?.sequence).toBe(2);
    const manifest = must(await service.ports.objects.get(second.manifest?.key ?? ''));
    expect(JSON.parse(Buffer.from(manifest.body).toString('utf8')).previous).toEqual({ sequence: 1, sha256: first.manifest?.sha256 });
  });

  it('honours a waiver that another person approved, and not one that was only asked for', async () => {
    const { service } = await start({ connector: replayConnector(() => recordingOf('after')) });
    const now = service.ports.clock.now();
    const waiver = (id: string, check: string, state: 'approved' | 'requested') => ({
      id,
      projectId,
      match: { check },
      reason: 'Known.',
      owner: 'Team A',
      expires: '2099-01-01',
      untilFixable: false,
      state,
      requestedBy: person,
      requestedAt: now,
      ...(state === 'approved' ? { decidedBy: { ...person, id: 'usr-00000000000b', name: 'Bob' }, decidedAt: now } : {}),
    });
    must(await service.records.waivers.create(waiver('wvr-00000000000a', 'rbac/cluster-admin', 'approved')));
    must(await service.records.waivers.create(waiver('wvr-00000000000b', 'rbac/secret-access', 'requested')));
    const report = await reportOf(service, await ended(service, await queue(service)));
    const waived = report.findings.filter(({ waiver: mark }) => mark !== null);
    expect(new Set(waived.map(({ check }) => check))).toEqual(new Set(['rbac/cluster-admin']));
    expect(waived[0]?.waiver).toMatchObject({ approver: 'Bob', id: 'wvr-00000000000a' });
    expect(report.counts.waived).toBe(waived.length);
  });
});

describe('a scan that does not end well', () => {
  it('is skipped with the reason when the cluster does not answer', async () => {
    const connector = {
      ...replayConnector(() => recordingOf('before')),
      connect: async () => failed('cluster-unreachable', 'The cluster does not answer; check the route.'),
    };
    const { service } = await start({ connector });
    const scan = await ended(service, await queue(service));
    expect(scan).toMatchObject({ state: 'skipped', reason: expect.stringContaining('does not answer') });
    expect(await service.records.lanes.get({ clusterId, name: 'configuration' })).toBeUndefined();
    expect(service.published).toEqual([]);
  });

  it('is skipped when one of its kind is alive, and says which', async () => {
    let letGo = () => {};
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    let looks = 0;
    // the first run's look at the facts waits; the second run meets its lane
    const { service } = await start({
      connector: replayConnector(
        () => recordingOf('before'),
        () => (++looks === 3 ? held : Promise.resolve()),
      ),
    });
    const first = await queue(service);
    await until('the first to look', async () => (looks >= 3 ? true : undefined));
    const second = await ended(service, await queue(service));
    expect(second).toMatchObject({ state: 'skipped', reason: expect.stringContaining(first) });
    letGo();
    expect(await ended(service, first)).toMatchObject({ state: 'completed' });
  });

  it('is cancelled while it looks at the cluster, within seconds', async () => {
    let looks = 0;
    const wait = (signal?: AbortSignal) =>
      ++looks === 3
        ? new Promise<void>((resolve) => signal?.addEventListener('abort', () => resolve(), { once: true }))
        : Promise.resolve();
    const { service } = await start({ connector: replayConnector(() => recordingOf('before'), wait) });
    const id = await queue(service);
    await until('the look', async () => (looks >= 3 ? true : undefined));
    must(
      await service.records.scans.update({ clusterId, name: id }, (scan) =>
        succeed({ ...scan, cancelRequested: { by: person, at: service.ports.clock.now() } }),
      ),
    );
    await until('its seal', async () => (isDone(await read(service, id)) ? true : undefined));
    expect(await read(service, id)).toMatchObject({ state: 'cancelled', artefacts: [{ name: 'manifest.sig.json' }] });
    await until('the event', async () => (service.published.length > 1 ? true : undefined));
    expect(service.published).toMatchObject([{ type: 'scan.started' }, { type: 'scan.cancelled' }]);
  });

  it('tries a store again that fails for a moment', async () => {
    let failures = 0;
    const { service } = await start({
      connector: replayConnector(() => recordingOf('before')),
      aroundObjects: (store) => ({
        ...store,
        putIfAbsent: async (key, body, options) =>
          key.endsWith('report.json') && ++failures <= 2
            ? failed('timed-out', 'The store did not answer; try again.')
            : store.putIfAbsent(key, body, options),
      }),
    });
    expect(await ended(service, await queue(service))).toMatchObject({ state: 'completed' });
    expect(failures).toBe(3);
  }, 20_000);

  it('that meets a defect ends, and the message of the defect stays out of the record, the event and the log', async () => {
    const { service } = await start({
      connector: replayConnector(() => recordingOf('before')),
      aroundObjects: (store) => ({
        ...store,
        putIfAbsent: async () => {
          throw new TypeError('sesame');
        },
      }),
    });
    const logged: unknown[] = [];
    service.ports.log = (code, fields) => void logged.push({ code, ...fields });
    const id = await queue(service);
    const scan = await ended(service, id);
    expect(scan).toMatchObject({ state: 'failed', reason: expect.stringContaining(`SCAN_BROKE_OFF and ${id}`) });
    const told = await until('the event', async () => service.published.find(({ type }) => type === 'scan.failed'));
    expect(told).toMatchObject({ data: { reason: scan.reason } });
    expect(logged).toContainEqual({
      code: 'SCAN_BROKE_OFF',
      scanId: id,
      at: expect.any(String),
      error: 'TypeError',
      trace: expect.stringContaining('keepFile'),
    });
    expect(JSON.stringify([scan, service.published, logged])).not.toContain('sesame');
  });

  it('waits for a free place of its project', async () => {
    const { service } = await start({ connector: replayConnector(() => recordingOf('before')) }, 1);
    must(await service.records.scans.create({ ...(await other(service)), state: 'running' }));
    must(await service.records.slots.create({ projectId, running: [{ clusterId, scanId: (await other(service)).id }] }));
    const id = await queue(service);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect((await read(service, id)).state).toBe('queued');
    must(
      await service.records.scans.update({ clusterId, name: (await other(service)).id }, (scan) => succeed({ ...scan, state: 'failed' })),
    );
    expect(await ended(service, id)).toMatchObject({ state: 'completed' });
  }, 30_000);

  it('of a removed cluster never starts, and its credential goes', async () => {
    const { service } = await start({ connector: replayConnector(() => recordingOf('before')) });
    must(await service.records.clusters.update({ projectId, clusterId }, (cluster) => succeed({ ...cluster, state: 'removed' })));
    expect(await ended(service, await queue(service))).toMatchObject({ state: 'skipped', reason: expect.stringContaining('removed') });
    await until('the end of the credential', async () =>
      (await service.ports.secrets.get(kubeconfigSecret(clusterId))).ok ? undefined : true,
    );
  });
});

const other = async ({ ports }: ScanService): Promise<ScanRecord> => ({
  id: '20260101T000000Z-pen-00000000000000aa',
  projectId,
  clusterId,
  kind: 'penetration',
  state: 'running',
  trigger: { type: 'person', actor: person },
  options: { nodeFacts: false },
  queuedAt: ports.clock.now(),
  artefacts: [],
});

describe('scans one after the other', () => {
  it('make one chain without a gap or a fork', async () => {
    const { service } = await start({ connector: replayConnector(() => recordingOf('before')) });
    const ids = [await queue(service)];
    for (let n = 0; n < 2; n++) {
      await ended(service, ids.at(-1) ?? '');
      ids.push(await queue(service));
    }
    await ended(service, ids.at(-1) ?? '');
    const chain = [];
    for await (const { value } of service.records.chain.all(partitions.chain(clusterId))) chain.push([value.sequence, value.scanId]);
    expect(chain).toEqual(ids.map((id, index) => [index + 1, id]));
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { must } from '../../../test/support/answers.ts';
import { aCluster, aProject, scanAt, storeFleet } from '../../../test/support/fleet.ts';
import { createUpkeep } from '../../../test/support/upkeep.ts';
import { openFileObjects } from '../../adapters/local/file-objects.ts';
import { addDays } from '../../core/time.ts';
import { kubeconfigSecret } from '../../fleet/cluster.ts';
import type { ScanRecord } from '../../fleet/scan.ts';
import type { ObjectStore } from '../../ports/object-store.ts';
import { partitions } from '../../records/index.ts';
import { scanFolder } from '../scan-run/store.ts';
import { keepRetention } from './retention.ts';

const project = aProject({ retention: { runsDays: 10, reportsDays: 20 } });
const now = '2026-11-27T12:00:00.000Z';
const ended = (daysAgo: number, change: Partial<ScanRecord> = {}): ScanRecord => {
  const at = addDays(now, -daysAgo);
  return scanAt(at, { state: 'completed', endedAt: at, ...change });
};

let test: ReturnType<typeof createUpkeep>;
let folder: string;
let objects: ObjectStore;
beforeEach(async () => {
  test = createUpkeep();
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-retention-'));
  const { now } = test.ports.clock;
  objects = must(
    await openFileObjects(folder, { now, downloads: { baseUrl: 'http://127.0.0.1', secret: new Uint8Array(32) }, pageSize: 3 }),
  );
});
afterEach(() => {
  test.close();
  rmSync(folder, { recursive: true });
});

const listed = async () => {
  const ids: string[] = [];
  for await (const { value } of test.ports.records.scans.all(partitions.scans('cls-000000000001'))) ids.push(value.id);
  return ids;
};
/** Stores two files of a scan, locked as the run does. */
const keepFiles = async (scan: ScanRecord, lockedDays = 20) => {
  for (const name of ['manifest.json', 'report.json']) {
    const retainUntil = addDays(scan.queuedAt, lockedDays);
    must(await objects.putIfAbsent(`${scanFolder(scan)}/${name}`, Buffer.from(scan.id), { contentType: 'application/json', retainUntil }));
  }
};
const kept = async () => {
  const folders = new Set<string>();
  let cursor: string | undefined;
  do {
    const page = must(await objects.list('projects/', cursor));
    for (const { key } of page.objects) folders.add(key.split('/').at(-2) as string);
    cursor = page.next;
  } while (cursor !== undefined);
  return [...folders].toSorted();
};
const keep = () => keepRetention({ ...test.upkeepPorts, objects }, project);

describe('records of scans', () => {
  it('leave the list when their days are over, and not a minute before; what is open stays', async () => {
    const open = [
      scanAt(addDays(now, -300), { state: 'running', startedAt: addDays(now, -300) }),
      scanAt(addDays(now, -200), { state: 'queued' }),
    ];
    // planned long before it was recorded as missed
    const missed = ended(100, { state: 'skipped', endedAt: addDays(now, -1) });
    const nearly = ended(9.9999, { kind: 'configuration' });
    await storeFleet(test.ports.records, {
      projects: [project],
      clusters: [aCluster()],
      scans: [ended(11), ended(10), missed, nearly, ...open],
    });
    await keep();
    expect(await listed()).toEqual([...open, missed, nearly].map(({ id }) => id).toSorted());
    test.pass(1);
    await keep();
    expect(await listed()).toHaveLength(3);
  });

  it('stay as long as they are not sealed', async () => {
    const scan = ended(300, { state: 'failed', reason: 'Why.', unsealed: true });
    await storeFleet(test.ports.records, { projects: [project], clusters: [aCluster()], scans: [scan] });
    await keep();
    expect(await listed()).toEqual([scan.id]);
  });

  it('go one by one, and places in the chain stay', async () => {
    const scan = ended(15);
    const entry = { clusterId: scan.clusterId, sequence: 1, scanId: scan.id, manifestSha256: 'a', manifest: '{}' };
    await storeFleet(test.ports.records, { projects: [project], clusters: [aCluster()], scans: [scan] });
    must(await test.ports.records.chain.create(entry));
    await keep();
    await keep();
    expect(await listed()).toEqual([]);
    expect((await test.ports.records.chain.get(entry))?.value).toEqual(entry);
  });
});

describe('files of scans', () => {
  it('go after their days, the oldest first; those of younger scans stay', async () => {
    const scans = [ended(40), ended(30, { kind: 'sbom' }), ended(21), ended(19), ended(5)];
    await storeFleet(test.ports.records, { projects: [project], clusters: [aCluster()], scans });
    for (const scan of scans) await keepFiles(scan);
    await keep();
    expect(await kept()).toEqual([ended(19), ended(5)].map(({ id }) => id));
    await keep();
    expect(await kept()).toHaveLength(2);
  });

  it('stay while the store locks them, and with them all later ones: a chain has no gap', async () => {
    const scans = [ended(40), ended(30), ended(25, { kind: 'sbom' })];
    await storeFleet(test.ports.records, { projects: [project], clusters: [aCluster()], scans });
    await keepFiles(scans[0] as ScanRecord);
    // stored when the project kept its reports for longer
    await keepFiles(scans[1] as ScanRecord, 400);
    await keepFiles(scans[2] as ScanRecord);
    await keep();
    expect(await kept()).toEqual(scans.slice(1).map(({ id }) => id));
  });

  it('stay as long as their scan is listed, as one that is open is', async () => {
    const open = ended(100, { state: 'running', startedAt: addDays(now, -100) });
    await storeFleet(test.ports.records, { projects: [project], clusters: [aCluster()], scans: [open] });
    await keepFiles(open);
    await keep();
    expect(await kept()).toEqual([open.id]);
  });

  it('are not touched where the store does so by itself', async () => {
    await storeFleet(test.ports.records, { projects: [project], clusters: [aCluster()], scans: [ended(40)] });
    await keepFiles(ended(40));
    await keepRetention(test.upkeepPorts, project);
    expect(await listed()).toEqual([]);
    expect(await kept()).toEqual([ended(40).id]);
  });
});

it('goes through the clusters of a project in parts', async () => {
  const ids = ['cls-00000000000a', 'cls-00000000000b', 'cls-00000000000c'];
  const clusters = ids.map((id) => aCluster({ id, state: 'removed', removedAt: '2026-11-20T00:00:00.000Z' }));
  await storeFleet(test.ports.records, { projects: [project], clusters });
  for (const id of ids) test.secrets.set(kubeconfigSecret(id), 'left behind');
  expect(await keepRetention(test.upkeepPorts, project, undefined, 2)).toBe('cls-00000000000b');
  expect([...test.secrets.keys()], 'what a remover that died left behind goes, too').toEqual([kubeconfigSecret('cls-00000000000c')]);
  expect(await keepRetention(test.upkeepPorts, project, 'cls-00000000000b', 2)).toBeUndefined();
  expect(test.secrets.size).toBe(0);
});

import { afterEach, beforeEach, expect, it } from 'vitest';
import { codeOf, must, sayOf } from '../../test/support/answers.ts';
import { aCluster, scanAt, storeFleet } from '../../test/support/fleet.ts';
import { buildReport } from '../../test/support/report-builder.ts';
import { completed, createScanning, type Scanning } from '../../test/support/scanning.ts';
import type { ScanRecord } from '../fleet/scan.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { Report } from '../reports/report.ts';
import { fileOf, needScan, readReportOf } from './stored-report.ts';

const cluster = aCluster();
const other = aCluster({ id: 'cls-000000000002' });
const scan = scanAt('2026-11-27T11:00:00.000Z');
const names = { projectId: cluster.projectId, clusterId: cluster.id, scanId: scan.id };

let service: Scanning;
beforeEach(async () => {
  service = await createScanning();
  await storeFleet(service.ports.records, { clusters: [cluster, other], scans: [scan] });
});
afterEach(() => service.close());

it('finds a scan only where project, cluster and scan belong together', async () => {
  expect(must(await needScan(service.ports, names))).toEqual(scan);
  for (const wrong of [{ projectId: 'default' }, { clusterId: other.id }, { scanId: scanAt('2026-11-27T11:00:01.000Z').id }])
    expect(codeOf(await needScan(service.ports, { ...names, ...wrong }))).toBe('not-found');
});

it('names the files that there are, and why there are none', async () => {
  const done = await completed(service.ports, scan, buildReport());
  const [report] = done.artefacts;
  if (!report) throw new Error('nothing was stored');
  const manifest = { ...report, name: 'manifest.json', sequence: 1 };
  const sealed = { ...done, manifest };
  expect(must(fileOf(sealed, 'report.json'))).toEqual(report);
  expect(must(fileOf(sealed, 'manifest.json'))).toEqual(manifest);
  expect(sayOf(fileOf(done, 'report.xls'))).toContain('it has report.json');
  expect(codeOf(fileOf(done, 'report.xls'))).toBe('not-found');
  for (const state of ['queued', 'running', 'failed', 'cancelled', 'skipped'] as const)
    expect(sayOf(fileOf({ ...scan, state }, 'report.json'))).toContain(`is ${state} and has no files`);
});

it('reads the report that was stored, and no other', async () => {
  const report = buildReport({ judged: [] });
  const done = await completed(service.ports, scan, report);
  const withFile = (change: Partial<ScanRecord['artefacts'][number]>): ScanRecord => ({
    ...done,
    artefacts: done.artefacts.map((file) => ({ ...file, ...change })),
  });
  expect(codeOf(await readReportOf(service.ports, withFile({ sha256: '0'.repeat(64) })))).toBe('answer-invalid');
  expect(codeOf(await readReportOf(service.ports, withFile({ key: `${done.artefacts[0]?.key}.gone` })))).toBe('not-found');
  expect(codeOf(await readReportOf(service.ports, scan))).toBe('conflict');
  expect(must(await readReportOf(service.ports, done))).toEqual(report);
});

it('reads a report once while somebody turns its pages, each by its own bytes', async () => {
  const later = scanAt('2026-11-27T11:30:00.000Z');
  const reports = [buildReport({ scan: { id: 'one' } }), buildReport({ scan: { id: 'two' } })];
  const done = [await completed(service.ports, scan, reports[0] as Report), await completed(service.ports, later, reports[1] as Report)];
  let reads = 0;
  const objects: ObjectStore = {
    ...service.ports.objects,
    get: async (...given) => {
      reads++;
      return service.ports.objects.get(...given);
    },
  };
  const ports = { ...service.ports, objects };
  for (const round of [1, 2])
    for (const [index, one] of done.entries()) {
      expect(must(await readReportOf(ports, one))).toEqual(reports[index]);
      expect(reads).toBe(round === 1 ? index + 1 : 2);
    }
});

import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { buildReport } from '../../test/support/report-builder.ts';
import { reportsIn } from './reports-in.ts';

const report = buildReport({ judged: [] });
const { id } = report.scan.cluster;
const write = async (folder: string, name: string, content: unknown): Promise<void> => {
  await mkdir(join(folder, name, '..'), { recursive: true });
  await writeFile(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
};
const at = (endedAt: string, clusterId = id) => ({
  ...report,
  scan: { ...report.scan, endedAt, cluster: { ...report.scan.cluster, id: clusterId } },
});
const folderOf = () => mkdtemp(join(tmpdir(), 'gatehouse-reports-'));

it('finds the reports of one cluster, newest first, kept ones and those in folders included', async () => {
  const folder = await folderOf();
  await write(folder, 'report.json', at('2026-01-02T00:00:00Z'));
  await write(folder, 'report.2026-01-01T00-00-00Z.json', at('2026-01-01T00:00:00Z'));
  await write(folder, 'penetration/report.json', at('2026-01-03T00:00:00Z'));
  await write(folder, 'other/report.json', at('2026-01-04T00:00:00Z', 'another-cluster'));
  await write(folder, 'report.oscal.json', '{}');
  await write(folder, 'notes.json', 'no JSON at all');
  const found = await reportsIn(folder, id);
  expect(found.ok && found.value.map(({ report: { scan } }) => scan.endedAt)).toEqual([
    '2026-01-03T00:00:00Z',
    '2026-01-02T00:00:00Z',
    '2026-01-01T00:00:00Z',
  ]);
});

it('passes over nothing in silence', async () => {
  const folder = await folderOf();
  await write(folder, 'report.json', '{"schemaVersion":"9"}');
  expect(await reportsIn(folder, id)).toMatchObject({ ok: false, failure: { say: expect.stringContaining('report.json is no report') } });
  expect(await reportsIn(join(folder, 'none'), id)).toMatchObject({
    ok: false,
    failure: { say: expect.stringContaining('does not exist') },
  });
});

import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aCheck, aControl, aWaiver, buildReport, judged, workload } from '../../test/support/report-builder.ts';
import type { Severity } from '../core/outcome.ts';
import { openReportFolder, saveReport } from './report-folder.ts';
import { verdict } from './scan.ts';

const failing = (severity: Severity, waived = false) =>
  buildReport({
    judged: [[aCheck('a/one', { severity }), judged(workload('x'), 'fail')]],
    controls: [aControl('1.1.1', ['a/one'])],
    waivers: waived ? [aWaiver('W-1', 'a/one')] : [],
  });
const halfDecided = buildReport({
  judged: [['a/one', judged(workload('x'), 'pass')]],
  controls: [aControl('1.1.1', ['a/one']), aControl('1.1.2', ['a/two'])],
});

describe('the exit status', () => {
  it.each([
    ['a failure at the threshold', failing('high'), 'high', 50, 1],
    ['a failure above the threshold', failing('critical'), 'high', 50, 1],
    ['a failure below the threshold', failing('medium'), 'high', 50, 0],
    ['a waived failure', failing('critical', true), 'high', 50, 0],
    ['a failure nobody asked about', failing('critical'), 'never', 50, 0],
    ['exactly enough that was decided', halfDecided, 'high', 50, 0],
    ['too little that was decided', halfDecided, 'high', 51, 2],
    ['too little that was decided, though it failed', failing('critical'), 'high', 101, 2],
  ] as const)('for %s', (_what, report, failOn, minCoverage, exit) => expect(verdict(report, failOn, minCoverage).exit).toBe(exit));

  it('of nothing at all is never good', () => expect(verdict(buildReport({ controls: [] }), 'high', 1).exit).toBe(2));
});

describe('the folder of reports', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gatehouse-folder-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const open = async () => {
    const opened = await openReportFolder(folder);
    if (!opened.ok) throw new Error(opened.failure.say);
    return opened.value;
  };

  it('keeps every earlier report beside the new one, also of the same second', async () => {
    for (let times = 0; times < 3; times += 1) await saveReport(await open(), halfDecided, ['json', 'csv']);
    const names = (await readdir(folder)).toSorted();
    expect(names.filter((name) => name.endsWith('.json'))).toHaveLength(3);
    expect(names.filter((name) => name.endsWith('.csv'))).toHaveLength(3);
    expect(names).toContain('report.json');
  });

  it('does not leave an old PDF beside a new report', async () => {
    await saveReport(await open(), halfDecided, ['json', 'csv']);
    await saveReport(await open(), halfDecided, ['json']);
    expect(await readdir(folder)).not.toContain('report.csv');
  });

  it('keeps a PDF of which no report.json tells the time', async () => {
    await writeFile(join(folder, 'report.pdf'), 'old');
    await saveReport(await open(), halfDecided, ['pdf', 'json']);
    const kept = (await readdir(folder)).find((name) => /^report\.\d{4}-.*\.pdf$/.test(name));
    expect(await readFile(join(folder, kept ?? 'none'), 'utf8')).toBe('old');
  });

  it('never takes a name from a time that is none', async () => {
    const elsewhere = { ...halfDecided, scan: { ...halfDecided.scan, startedAt: '/../../elsewhere' } };
    await writeFile(join(folder, 'report.json'), JSON.stringify(elsewhere));
    await saveReport(await open(), halfDecided, ['json']);
    expect((await readdir(folder)).toSorted()).toEqual([expect.stringMatching(/^report\.\d{4}-.*Z\.json$/), 'report.json']);
  });

  it.each([
    ['is not JSON', 'hello'],
    ['is of something else', '{"schemaVersion":"9"}'],
  ])('is refused when its report.json %s, and nothing is touched', async (_what, text) => {
    await writeFile(join(folder, 'report.json'), text);
    const opened = await openReportFolder(folder);
    expect(opened.ok ? '' : opened.failure.say).toMatch(/; move it away or choose another --out, nothing there is overwritten\.$/);
    expect(await readFile(join(folder, 'report.json'), 'utf8')).toBe(text);
  });

  it('may not be a file', async () => {
    await writeFile(join(folder, 'file'), '');
    const opened = await openReportFolder(join(folder, 'file'));
    expect(opened).toMatchObject({ ok: false, failure: { code: 'output-failed' } });
  });
});

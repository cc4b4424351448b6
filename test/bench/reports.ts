// Rendering a report of 10,000 findings, each format in a process of its own: node test/bench/reports.ts
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formats } from '../../lib/reports/renderers/renderer.ts';
import { largeReport } from '../support/report-builder.ts';
import { compareWithTarget, measure } from './measure.ts';

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-reports-'));
const stored = join(folder, 'stored.json');
writeFileSync(stored, JSON.stringify(largeReport(10_000)));
for (const format of formats) {
  const file = join(folder, format);
  const { seconds, peakMiB, exit, stderr } = await measure(['test/bench/render-one.ts', format, stored, file]);
  if (exit !== 0) throw new Error(`${format} ended with ${exit}: ${stderr}`);
  compareWithTarget(`${format} of 10,000 findings, time with process start`, seconds, 's', 5);
  compareWithTarget(`${format} of 10,000 findings, peak memory`, peakMiB, 'MiB', 300);
}
rmSync(folder, { recursive: true });

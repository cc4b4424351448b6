// Renders one stored report to a file: node test/bench/render-one.ts <format> <report.json> <file>
import { createWriteStream, readFileSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { readFonts } from '../../lib/adapters/local/report-fonts.ts';
import { type Format, renderReport } from '../../lib/reports/renderers/renderer.ts';
import type { Report } from '../../lib/reports/report.ts';

const [format, from, to] = process.argv.slice(2) as [Format, string, string];
const report: Report = JSON.parse(readFileSync(from, 'utf8'));
await pipeline(await renderReport(format, report, { fonts: await readFonts() }), createWriteStream(to));

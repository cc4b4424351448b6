import { z } from 'zod';
import { Certainty, Vantage } from '../../core/finding.ts';
import { outcomes, Severity } from '../../core/outcome.ts';
import { ScanOptions } from '../../fleet/cluster.ts';
import { ScanId } from '../../fleet/common.ts';
import { ScanRecord, scanStates } from '../../fleet/scan.ts';
import { Finding, ScanKind } from '../../reports/report.ts';
import { flag, listOf, OfCluster, PageQuery, pageOf } from './shared.ts';

export { ScanRecord } from '../../fleet/scan.ts';
export { Comparison } from '../../reports/comparison.ts';
export { OfCluster } from './shared.ts';

export const OfScan = OfCluster.extend({ scanId: ScanId });

export const RunRequest = z.strictObject({
  kinds: z.array(ScanKind).min(1).max(4).describe('Which kinds to run now.'),
  options: ScanOptions.prefault({}),
});
export const StartedScans = z.object({ items: z.array(ScanRecord) });

export const HistoryQuery = PageQuery.extend({
  kind: listOf(ScanKind).describe('Only these kinds.'),
  state: listOf(z.enum(scanStates)).describe('Only these states.'),
  from: z.iso.datetime().optional().describe('Asked for not before this time.'),
  to: z.iso.datetime().optional().describe('Asked for not after this time.'),
});
export const ScanPage = pageOf(ScanRecord, 'scans');

export const FindingQuery = PageQuery.extend({
  outcome: listOf(z.enum(outcomes)).describe('Only these outcomes.'),
  severity: listOf(Severity).describe('Only these severities.'),
  check: z.string().max(200).optional().describe('Id of a check, or a pattern with `*`.'),
  subject: z.string().max(300).optional().describe('Pattern over the subject as reports write it, e.g. `Deployment shop/*`.'),
  control: z.string().max(20).optional().describe('Control number of the benchmark, e.g. `1.2.15`.'),
  role: z.enum(['control-plane', 'worker']).optional().describe('Only findings about nodes of this role.'),
  vantage: listOf(Vantage).describe('Penetration: only what was seen from one of these.'),
  certainty: listOf(Certainty).describe('Penetration: only what is as sure as this: seen, or concluded from a version alone.'),
  waived: flag.describe('Only waived ones, or only those that are not.'),
  changed: z
    .enum(['new', 'persisting'])
    .optional()
    .describe('Only failures that are new since the scan before, or that were there already.'),
  text: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .optional()
    .describe('Text that title, message, subject, address, technique or evidence must hold; case does not matter.'),
  sort: z.enum(['importance', 'severity', 'check', 'subject']).default('importance').describe('Order of the findings.'),
});
export const FindingPage = pageOf(Finding, 'findings').extend({ total: z.int().describe('Findings that fit, on all pages.') });

export const OfFile = OfScan.extend({
  file: z
    .string()
    .regex(/^[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*$/)
    .max(60)
    .describe('Name of the file.'),
});
export const DownloadLink = z
  .object({
    url: z.string().describe('Where the file can be read without a credential, for a short time.'),
    expiresAt: z.iso.datetime().describe('When the link stops working.'),
    fileName: z.string().describe('Name to save it under.'),
    contentType: z.string(),
    size: z.int().describe('Bytes.'),
    sha256: z.string().describe('SHA-256 of the bytes, hex: compare it after the download.'),
  })
  .meta({ id: 'DownloadLink', description: 'A short-lived link to a stored file.' });

export const ComparedScans = z.strictObject({ base: ScanId.describe('The earlier scan.'), head: ScanId.describe('The later scan.') });

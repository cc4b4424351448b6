import { succeed } from '../../../core/failure.ts';
import { subjectText } from '../../../core/finding.ts';
import type { ScanRecord } from '../../../fleet/scan.ts';
import type { Finding } from '../../../reports/report.ts';
import { comparisonTable } from '../../changes.ts';
import { clusterOf } from '../names.ts';
import { type Column, detailsText } from '../output.ts';
import { given, inSession, type ListFlags, list } from '../run.ts';
import { type ScanFlags, scanOf } from '../scan-ref.ts';
import type { PrintFlags } from '../session.ts';

const failures = ({ failed }: ScanRecord): string | undefined =>
  failed &&
  (Object.entries(failed)
    .filter(([, count]) => count > 0)
    .map(([severity, count]) => `${count} ${severity}`)
    .join(', ') ||
    'none');

export const scanColumns: readonly Column<ScanRecord>[] = [
  ['id', ({ id }) => id],
  ['kind', ({ kind }) => kind],
  ['state', ({ state }) => state],
  ['asked for', ({ queuedAt }) => queuedAt],
  ['ended', ({ endedAt }) => endedAt],
  ['failures', failures],
  ['new', ({ changes }) => changes?.new],
  ['reason', ({ reason }) => reason],
];

/** A scan for a person: files by name, the rest as it is. */
export const scanDetails = ({ artefacts, manifest, coverage, ...scan }: ScanRecord): object => ({
  ...scan,
  ...(coverage ? { coverage: { ...coverage, statements: coverage.statements.join(' ') } } : {}),
  files: [...artefacts, ...(manifest ? [manifest] : [])].map(({ name }) => name),
  ...(manifest ? { 'place in the chain': manifest.sequence } : {}),
});

interface History extends ListFlags, ScanFlags {
  readonly kind?: readonly string[];
  readonly state?: readonly string[];
  readonly from?: string;
  readonly to?: string;
}
export const listScans = inSession<History>(async (session, flags, terminal) => {
  const params = await clusterOf(session.client, flags);
  if (!params.ok) return params;
  const { kind, state, from, to } = flags;
  const listed = { id: 'scans.list' as const, params: params.value, query: given({ kind, state, from, to }) };
  return list(session, flags, terminal, { ...listed, none: 'There are no such scans of this cluster.' }, scanColumns);
});

export const showScan = inSession<PrintFlags & ScanFlags>(async ({ client }, flags, terminal) => {
  const params = await scanOf(client, flags, 'any');
  if (!params.ok) return params;
  const scan = await client.call('scans.get', { params: params.value });
  return scan.ok ? succeed({ json: scan.value.json, text: detailsText(terminal, scanDetails(scan.value.body)) }) : scan;
});

export const cancelScan = inSession<PrintFlags & ScanFlags>(async ({ client }, flags) => {
  const params = await scanOf(client, flags, 'open');
  if (!params.ok) return params;
  const scan = await client.call('scans.cancel', { params: params.value });
  return scan.ok
    ? succeed({ json: scan.value.json, text: `The scan ${scan.value.body.id} is asked to end; it is ${scan.value.body.state}.\n` })
    : scan;
});

export const deleteScan = inSession<PrintFlags & ScanFlags & { readonly scan: string }>(async ({ client }, flags) => {
  const params = await scanOf(client, flags, 'any');
  if (!params.ok) return params;
  const deleted = await client.call('scans.delete', { params: params.value });
  return deleted.ok
    ? succeed({
        json: null,
        text: `The scan ${params.value.scanId} is gone from the history; its evidence follows the retention of the project.\n`,
      })
    : deleted;
});

interface Filters extends ListFlags, ScanFlags {
  readonly outcome?: readonly string[];
  readonly severity?: readonly string[];
  readonly check?: string;
  readonly subject?: string;
  readonly control?: string;
  readonly nodeRole?: string;
  readonly vantage?: readonly string[];
  readonly certainty?: readonly string[];
  readonly waived?: boolean;
  readonly changed?: string;
  readonly text?: string;
  readonly sort?: string;
}
const findingColumns: readonly Column<Finding>[] = [
  ['outcome', ({ outcome, waiver }) => `${outcome}${waiver ? ' (waived)' : ''}`],
  ['severity', ({ severity }) => severity],
  ['check', ({ check }) => check],
  ['subject', ({ subject }) => subjectText(subject)],
  ['message', ({ message }) => message],
];
export const listFindings = inSession<Filters>(async (session, flags, terminal) => {
  const params = await scanOf(session.client, flags, 'completed');
  if (!params.ok) return params;
  const { outcome, severity, check, subject, control, nodeRole: role, vantage, certainty, waived, changed, text, sort } = flags;
  const query = given({ outcome, severity, check, subject, control, role, vantage, certainty, waived, changed, text, sort });
  const listed = { id: 'scans.findings' as const, params: params.value, query, none: 'There are no such findings.' };
  return list(session, flags, terminal, listed, findingColumns);
});

interface Compared extends PrintFlags, ScanFlags {
  readonly base: string;
  readonly head: string;
}
export const compareScans = inSession<Compared>(async ({ client }, flags, terminal) => {
  const params = await clusterOf(client, flags);
  if (!params.ok) return params;
  const compared = await client.call('scans.compare', { params: params.value, query: { base: flags.base, head: flags.head } });
  return compared.ok ? succeed({ json: compared.value.json, text: comparisonTable(terminal, compared.value.body) }) : compared;
});

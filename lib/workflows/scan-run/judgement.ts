import { type Result, succeed } from '../../core/failure.ts';
import type { Severity } from '../../core/outcome.ts';
import type { Artefact, ScanRecord } from '../../fleet/scan.ts';
import { activeWaivers } from '../../fleet/waiver-rules.ts';
import { partitions, type Records } from '../../records/index.ts';
import { compare, summarise } from '../../reports/compare.ts';
import { type Format, fileNames, mediaTypes } from '../../reports/renderers/renderer.ts';
import { Report } from '../../reports/report.ts';
import type { Waiver } from '../../reports/waiver.ts';
import type { CutOff } from '../scan-kinds.ts';
import type { DurableKind } from './kinds.ts';
import type { Observed } from './observation.ts';
import type { ScanRunPorts } from './ports.ts';
import { keepFile, readFile, toJsonBytes, unpack } from './store.ts';

/** What a record says of a report. */
export type Summary = Pick<ScanRecord, 'coverage' | 'counts' | 'failed' | 'changes' | 'benchmark' | 'kubernetesVersion' | 'uncertain'>;

export interface Judged {
  readonly report: Artefact;
  readonly summary: Summary;
  /** Fingerprints of new critical failures, at most ten, and how many there are. */
  readonly newCritical: number;
  /** Ids of the waivers that marked something. */
  readonly usedWaivers: readonly string[];
  /** Files beside the report. */
  readonly more?: readonly Artefact[];
  /** Set when the run was cut off: the report is partial, and the run did not end well. */
  readonly cut?: CutOff;
}

/** Scans that are looked through at most for the one before: several kinds share the history of a cluster. */
const mostLookedAt = 2000;

/** The newest completed scan of the same kind before this one, with its report. Ids sort by the second, and which of one second was first is told by their starts. */
const previousOf = async (ports: ScanRunPorts, scan: ScanRecord): Promise<Report | undefined> => {
  let best: ScanRecord | undefined;
  let looked = 0;
  const started = (one: ScanRecord): string => one.startedAt ?? one.queuedAt;
  for await (const { value } of ports.records.scans.all({ ...partitions.scans(scan.clusterId), order: 'descending' })) {
    if (++looked > mostLookedAt || (best && value.id.slice(0, 16) < best.id.slice(0, 16))) break;
    const isBefore = value.id !== scan.id && value.kind === scan.kind && value.state === 'completed' && started(value) <= started(scan);
    if (isBefore && (!best || started(best) < started(value))) best = value;
  }
  const file = best?.artefacts.find(({ name }) => name === fileNames.json);
  return file && Report.parse(JSON.parse(Buffer.from(await readFile(ports, file)).toString('utf8')));
};

/** Waivers of the project that hold for this scan. */
const waiversFor = async (records: Records, scan: ScanRecord, clusterName: string, at: string): Promise<readonly Waiver[]> => {
  const all = [];
  for await (const { value } of records.waivers.all(partitions.waivers(scan.projectId))) all.push(value);
  return activeWaivers(all, at, { kind: scan.kind, clusterName });
};

export const failedBySeverity = ({ findings }: Report): Partial<Record<Severity, number>> => {
  const counts: Partial<Record<Severity, number>> = {};
  for (const { outcome, waiver, severity } of findings)
    if (outcome === 'fail' && waiver === null) counts[severity] = (counts[severity] ?? 0) + 1;
  return counts;
};

const changesOf = ({ changes }: Report): ScanRecord['changes'] =>
  changes === null
    ? undefined
    : {
        baseScanId: changes.base.scanId,
        new: changes.new,
        resolved: changes.resolved,
        persisting: changes.persisting,
        notComparable: changes.notComparable,
      };

const summaryOf = (report: Report): Summary => {
  const changes = changesOf(report);
  return {
    coverage: report.coverage,
    counts: report.counts,
    failed: failedBySeverity(report),
    benchmark: report.scan.benchmark,
    kubernetesVersion: report.scan.cluster.kubernetesVersion,
    ...(changes ? { changes } : {}),
  };
};

const newCriticalOf = ({ findings, changes }: Report): number => {
  const fresh = new Set(changes?.newFindings ?? findings.map(({ fingerprint }) => fingerprint));
  return findings.filter(
    (one) => one.outcome === 'fail' && one.severity === 'critical' && one.waiver === null && fresh.has(one.fingerprint),
  ).length;
};

const usedIn = ({ waivers }: Report): readonly string[] => waivers.filter(({ state }) => state === 'used').map(({ id }) => id);

const triggerText = ({ trigger }: ScanRecord): string =>
  trigger.type === 'schedule' ? `schedule, slot ${trigger.slot ?? 'unknown'}` : trigger.type === 'pipeline' ? 'pipeline' : 'person';

/** From stored facts to the stored report.json, compared with the scan before. */
export const judge = async (
  ports: ScanRunPorts,
  scan: ScanRecord,
  kind: DurableKind,
  facts: Artefact,
  clusterName: string,
  statements: readonly string[],
): Promise<Result<Judged>> => {
  const observed = unpack<Observed>(await readFile(ports, facts));
  const startedAt = scan.startedAt ?? scan.queuedAt;
  const judged = kind.report(observed.facts, scan.options, {
    scanId: scan.id,
    trigger: triggerText(scan),
    actor: scan.trigger.actor.name,
    toolVersion: ports.version,
    startedAt,
    endedAt: observed.endedAt,
    waivers: await waiversFor(ports.records, scan, clusterName, startedAt),
    statements: [...statements, ...observed.warnings],
  });
  if (!judged.ok) return judged;
  const previous = await previousOf(ports, scan);
  const comparison = previous && compare(previous, judged.value);
  const report = comparison?.ok ? { ...judged.value, changes: summarise(comparison.value) } : judged.value;
  const stored = await keepFile(ports, scan, fileNames.json, mediaTypes.json, toJsonBytes(report));
  const more: Artefact[] = [];
  for (const { name, contentType, body } of kind.files?.(observed.facts) ?? [])
    more.push(await keepFile(ports, scan, name, contentType, body));
  const cut = kind.cut?.(observed.facts);
  return succeed({
    report: stored,
    summary: summaryOf(report),
    newCritical: newCriticalOf(report),
    usedWaivers: usedIn(report),
    ...(more.length > 0 ? { more } : {}),
    ...(cut ? { cut } : {}),
  });
};

/** Renders the stored report into one more format and stores that. */
export const renderOne = async (
  ports: ScanRunPorts,
  scan: ScanRecord,
  report: Artefact,
  format: Exclude<Format, 'json'>,
): Promise<Artefact> => {
  const read = Report.parse(JSON.parse(Buffer.from(await readFile(ports, report)).toString('utf8')));
  return keepFile(ports, scan, fileNames[format], mediaTypes[format], await ports.render(format, read));
};

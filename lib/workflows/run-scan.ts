import type { ClusterIdentity } from '../core/facts/index.ts';
import { failed, type Result, succeed } from '../core/failure.ts';
import { compare, summarise } from '../reports/compare.ts';
import type { Report } from '../reports/report.ts';
import type { Waiver } from '../reports/waiver.ts';
import type { SuiteFile } from '../scanners/conformance/index.ts';
import type { ScannerPorts } from '../scanners/scanner.ts';
import { identify } from './identify.ts';
import type { KindOfScan } from './scan-kinds.ts';

/** A report to compare with. */
export interface PreviousReport {
  readonly report: Report;
  /** Whether the user asked for this very one: then one of another cluster or kind ends the scan before it starts, else it is passed over. */
  readonly isRequired: boolean;
}

export interface RunScanInput<Options> {
  readonly scanId: string;
  readonly trigger: string;
  readonly toolVersion: string;
  /** Overrides the name the kubeconfig gives the cluster. */
  readonly clusterName?: string | undefined;
  readonly options: Options;
  readonly waivers: readonly Waiver[];
  readonly previous?: PreviousReport | undefined;
  /** Further sentences for page one. */
  readonly statements?: readonly string[];
}

/** What a scan leaves. The facts of a large cluster are not kept. */
export interface ScanOutput {
  readonly report: Report;
  /** Why the previous report was passed over: a sentence. */
  readonly notCompared?: string;
  /** Files that belong beside the report. */
  readonly files?: readonly SuiteFile[];
  /** Set when the run was cut off, and the report is partial: a sentence. */
  readonly cut?: string;
}

/** A scan may take many looks; between them, seconds. Scanners of today answer at the first. */
const betweenLooksMs = 5_000;

const observe = async <Options, Ticket, Facts>(
  { scanner }: KindOfScan<Options, Ticket, Facts>,
  cluster: ClusterIdentity,
  { scanId, options }: RunScanInput<Options>,
  ports: ScannerPorts,
): Promise<Result<Facts>> => {
  const ticket = await scanner.start({ cluster, scanId }, options, ports);
  if (!ticket.ok) return ticket;
  try {
    for (;;) {
      const facts = await scanner.poll(ticket.value, ports);
      if (ports.signal.aborted) return failed('cancelled', 'The scan was cancelled; no report was written.');
      if (!facts.ok) return facts;
      if (facts.value !== undefined) return succeed(facts.value);
      await ports.sleep(betweenLooksMs, ports.signal);
    }
  } finally {
    await scanner.cleanUp(ticket.value, ports);
  }
};

/** The previous report, or the sentence that says why it is none of this cluster and kind; that is a failure if the user insists on it. */
const comparable = (
  previous: PreviousReport | undefined,
  cluster: ClusterIdentity,
  kind: string,
): Result<Pick<ScanOutput, 'notCompared'> & { readonly base?: Report }> => {
  if (!previous) return succeed({});
  const { scan } = previous.report;
  if (scan.cluster.id === cluster.id && scan.kind === kind) return succeed({ base: previous.report });
  const what = `is a ${scan.kind} scan of cluster "${scan.cluster.name}" (${scan.cluster.id}), not of this one (${cluster.id})`;
  return previous.isRequired
    ? failed('input-invalid', `The baseline ${what}; name a report of the same cluster and kind.`)
    : succeed({ notCompared: `The report that was there ${what}, so it was kept and not compared with.` });
};

/**
 * A whole scan: identify → observe → judge → finish → compare. Writes nothing to disk. `onFacts` is told what was observed, for recordings.
 */
export const runScan = async <Options, Ticket, Facts>(
  kind: KindOfScan<Options, Ticket, Facts>,
  input: RunScanInput<Options>,
  outside: ScannerPorts,
  onFacts?: (facts: Facts) => void,
): Promise<Result<ScanOutput>> => {
  const warnings: string[] = [];
  let noted: unknown;
  const notes = {
    read: () => noted,
    write: (value: unknown) => {
      noted = value;
    },
  };
  const ports: ScannerPorts = { ...outside, notes, warn: (sentence) => warnings.push(sentence) };
  const startedAt = ports.now();
  const identified = await identify(ports.access, input.clusterName);
  if (!identified.ok) return identified;
  const { cluster, actor } = identified.value;
  const previous = comparable(input.previous, cluster, kind.scanner.kind);
  if (!previous.ok) return previous;
  const possible = kind.examine(cluster, input.options);
  if (!possible.ok) return possible;
  const facts = await observe(kind, cluster, input, ports);
  if (!facts.ok) return facts;
  onFacts?.(facts.value);
  ports.freeMemory?.();
  const { scanId, trigger, toolVersion, waivers } = input;
  const statements = [...warnings, ...(input.statements ?? [])];
  const endedAt = ports.now();
  const report = kind.report(facts.value, input.options, { scanId, trigger, toolVersion, waivers, actor, startedAt, endedAt, statements });
  if (!report.ok) return report;
  ports.freeMemory?.();
  const { base, ...notCompared } = previous.value;
  const cut = kind.cut?.(facts.value)?.reason;
  const beside = { ...(kind.files ? { files: kind.files(facts.value) } : {}), ...(cut === undefined ? {} : { cut }) };
  if (!base) return succeed({ report: report.value, ...notCompared, ...beside });
  const comparison = compare(base, report.value);
  return comparison.ok ? succeed({ report: { ...report.value, changes: summarise(comparison.value) }, ...beside }) : comparison;
};

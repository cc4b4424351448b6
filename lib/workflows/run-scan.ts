import type { ClusterIdentity, ConfigurationFacts } from '../core/facts/index.ts';
import { failed, type Result, succeed } from '../core/failure.ts';
import { chooseFramework } from '../frameworks/index.ts';
import { compare, summarise } from '../reports/compare.ts';
import type { Report } from '../reports/report.ts';
import type { Waiver } from '../reports/waiver.ts';
import { type ConfigurationOptions, configurationScanner } from '../scanners/configuration/index.ts';
import type { ScannerPorts } from '../scanners/scanner.ts';
import { identify } from './identify.ts';
import { blindness, judgeFacts } from './judge-facts.ts';

/** A report to compare with. */
export interface PreviousReport {
  readonly report: Report;
  /** Whether the user asked for this very one: then one of another cluster or kind ends the scan before it starts, else it is passed over. */
  readonly isRequired: boolean;
}

export interface RunScanInput {
  readonly scanId: string;
  readonly kind: 'configuration';
  readonly trigger: string;
  readonly toolVersion: string;
  /** Overrides the name the kubeconfig gives the cluster. */
  readonly clusterName?: string | undefined;
  /** Version of the benchmark to use instead of the one for the cluster's version. */
  readonly benchmark?: string | undefined;
  readonly options: ConfigurationOptions;
  readonly waivers: readonly Waiver[];
  readonly previous?: PreviousReport | undefined;
  /** Further sentences for page one. */
  readonly statements?: readonly string[];
}

/** What a scan leaves: the report, and what its pods saw on the nodes, for a recording. The other facts of a large cluster are not kept. */
export interface ScanOutput {
  readonly report: Report;
  /** Why the previous report was passed over: a sentence. */
  readonly notCompared?: string;
  readonly nodeFiles: ConfigurationFacts['nodeFiles'];
}

const observe = async (cluster: ClusterIdentity, input: RunScanInput, ports: ScannerPorts): Promise<Result<ConfigurationFacts>> => {
  const ticket = await configurationScanner.start({ cluster, scanId: input.scanId }, input.options, ports);
  if (!ticket.ok) return ticket;
  try {
    const facts = await configurationScanner.poll(ticket.value, ports);
    if (ports.signal.aborted) return failed('cancelled', 'The scan was cancelled; no report was written.');
    // this scanner answers at the first poll
    return facts.ok ? succeed(facts.value as ConfigurationFacts) : facts;
  } finally {
    await configurationScanner.cleanUp(ticket.value, ports);
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

/** A whole scan: identify → choose the benchmark → observe → judge → finish → compare. Reads the cluster and nothing else; writes nothing to disk. */
export const runScan = async (input: RunScanInput, outside: ScannerPorts): Promise<Result<ScanOutput>> => {
  const warnings: string[] = [];
  const ports: ScannerPorts = { ...outside, warn: (sentence) => warnings.push(sentence) };
  const startedAt = ports.now();
  const identified = await identify(ports.access, input.clusterName);
  if (!identified.ok) return identified;
  const previous = comparable(input.previous, identified.value.cluster, input.kind);
  if (!previous.ok) return previous;
  const chosen = chooseFramework(identified.value.cluster.kubernetesVersion, input.benchmark);
  if (!chosen.ok) return chosen;
  const facts = await observe(identified.value.cluster, input, ports);
  if (!facts.ok) return facts;
  ports.freeMemory?.();
  const { scanId, trigger, toolVersion, waivers } = input;
  const report = judgeFacts(facts.value, chosen.value, {
    scanId,
    trigger,
    toolVersion,
    waivers,
    actor: identified.value.actor,
    startedAt,
    endedAt: ports.now(),
    statements: [...warnings, ...(input.statements ?? [])],
  });
  const blind = blindness(report, facts.value);
  if (blind) return blind;
  const { nodeFiles } = facts.value;
  ports.freeMemory?.();
  const { base, ...notCompared } = previous.value;
  if (!base) return succeed({ report, nodeFiles, ...notCompared });
  const comparison = compare(base, report);
  return comparison.ok ? succeed({ report: { ...report, changes: summarise(comparison.value) }, nodeFiles }) : comparison;
};

import type { ConfigurationFacts } from '../../core/facts/index.ts';
import type { Result } from '../../core/failure.ts';
import { succeed } from '../../core/failure.ts';
import type { ScanOptions } from '../../fleet/cluster.ts';
import { chooseFramework } from '../../frameworks/index.ts';
import type { Report, ScanKind } from '../../reports/report.ts';
import { configurationScanner } from '../../scanners/configuration/index.ts';
import type { Scanner } from '../../scanners/scanner.ts';
import { blindness, judgeFacts, type RunDescription } from '../judge-facts.ts';
import { limitMinutes } from './limits.ts';

export { availableKinds } from './available-kinds.ts';

/** One kind of scan as a durable run sees it. Tickets and facts are plain JSON: they are stored between steps. */
export interface DurableKind {
  readonly kind: ScanKind;
  // the run hands tickets and facts through without looking into them
  readonly scanner: Scanner<ScanOptions, unknown, unknown, unknown>;
  /** Whether it starts pods: then no node of the cluster may be in maintenance. */
  startsPods(options: ScanOptions): boolean;
  /** Minutes after which a run is given up. */
  readonly limitMinutes: number;
  /** Seconds that one look at the cluster may take. */
  readonly pollSeconds: number;
  /** From facts to the report, without changes. Pure. */
  report(facts: unknown, options: ScanOptions, run: RunDescription): Result<Report>;
}

const configuration: DurableKind = {
  kind: 'configuration',
  scanner: configurationScanner as Scanner<ScanOptions, unknown, unknown, unknown>,
  startsPods: ({ nodeFacts }) => nodeFacts,
  limitMinutes: limitMinutes.configuration,
  pollSeconds: 600,
  report: (given, options, run) => {
    const facts = given as ConfigurationFacts;
    const chosen = chooseFramework(facts.cluster.kubernetesVersion, options.benchmark);
    if (!chosen.ok) return chosen;
    const report = judgeFacts(facts, chosen.value, run);
    return blindness(report, facts) ?? succeed(report);
  },
};

const kinds: Partial<Record<ScanKind, DurableKind>> = { configuration };

/** The kind, if this version of Gatehouse can run it. */
export const durableKind = (kind: ScanKind): DurableKind | undefined => kinds[kind];

import { failed, type Result, succeed } from '../../core/failure.ts';
import type { ScanOptions } from '../../fleet/cluster.ts';
import type { Project } from '../../fleet/project.ts';
import type { Report, ScanKind } from '../../reports/report.ts';
import type { SuiteFile } from '../../scanners/conformance/index.ts';
import type { Scanner } from '../../scanners/scanner.ts';
import type { RunDescription } from '../judge-facts.ts';
import { type CutOff, configurationKind, conformanceKind, type KindOfScan, penetrationKind } from '../scan-kinds.ts';
import { limitMinutes } from './limits.ts';

export { availableKinds } from './available-kinds.ts';

/** One kind of scan as a durable run sees it. Tickets and facts are plain JSON: they are stored between steps. */
export interface DurableKind {
  readonly kind: ScanKind;
  // the run hands tickets and facts through without looking into them
  readonly scanner: Scanner<ScanOptions, unknown, unknown, unknown>;
  /** Whether it starts pods: then no node of the cluster may be in maintenance. */
  startsPods(options: ScanOptions): boolean;
  /** What of the options holds within a project, or why it lets no such scan run: a sentence. */
  within(options: ScanOptions, project: Project): Result<ScanOptions>;
  /** Minutes after which a run is given up. */
  readonly limitMinutes: number;
  /** Seconds that one look at the cluster may take. */
  readonly pollSeconds: number;
  /** From facts to the report, without changes. Pure. */
  report(facts: unknown, options: ScanOptions, run: RunDescription): Result<Report>;
  /** Files that belong beside the report. Pure. */
  files?(facts: unknown): readonly SuiteFile[];
  /** How the run ends if it was cut off, with a report of what is known. Pure. */
  cut?(facts: unknown): CutOff | undefined;
}

/** Options of every kind are part of what a scan was started with, so a durable run hands them on as they are. */
const durable = (
  kind: unknown,
  how: Pick<DurableKind, 'startsPods' | 'pollSeconds' | 'within'> & { readonly name: keyof typeof limitMinutes },
): DurableKind => {
  const { scanner, examine: _, ...parts } = kind as KindOfScan<ScanOptions, unknown, unknown>;
  const { name, ...rest } = how;
  return { kind: name, scanner, ...parts, limitMinutes: limitMinutes[name], ...rest };
};

/** Seconds of one look that a penetration scan may spend on knocking and asking; the rest is for reading the API, ending the pod, and writing down what it saw. */
const lookSeconds = 720;

const kinds: Partial<Record<ScanKind, DurableKind>> = {
  configuration: durable(configurationKind, {
    name: 'configuration',
    startsPods: ({ nodeFacts }) => nodeFacts,
    within: succeed,
    pollSeconds: 600,
  }),
  penetration: durable(penetrationKind, {
    name: 'penetration',
    within: (options, { name, probeNetworks = [] }) =>
      probeNetworks.length > 0
        ? // the options of a penetration scan know it, the API does not: nobody asks for it from outside
          succeed({ ...options, within: probeNetworks, lookSeconds } as ScanOptions)
        : failed(
            'input-invalid',
            `The project "${name}" names no networks that a penetration scan may knock at; an administrator names them with \`gatehouse projects update --probe-network\`.`,
          ),
    startsPods: ({ vantages }) => vantages?.includes('internal') === true,
    pollSeconds: 840,
  }),
  conformance: durable(conformanceKind, {
    name: 'conformance',
    within: succeed,
    startsPods: () => true,
    pollSeconds: 180,
  }),
};

/** The kind, if this version of Gatehouse can run it. */
export const durableKind = (kind: ScanKind): DurableKind | undefined => kinds[kind];

import type { ClusterIdentity, ConfigurationFacts } from '../core/facts/index.ts';
import { type Result, succeed } from '../core/failure.ts';
import { chooseFramework } from '../frameworks/index.ts';
import type { Report } from '../reports/report.ts';
import { type ConfigurationOptions, configurationScanner } from '../scanners/configuration/index.ts';
import {
  type ConformanceFacts,
  type ConformanceOptions,
  type ConformanceTicket,
  conformanceScanner,
  type SuiteFile,
  suiteFiles,
  suiteImage,
} from '../scanners/conformance/index.ts';
import { type ObservedPenetration, type PenetrationOptions, penetrationScanner } from '../scanners/penetration/index.ts';
import { readScope, type SbomFacts, type SbomOptions, type SbomTicket, sbomScanner } from '../scanners/sbom/index.ts';
import type { Scanner } from '../scanners/scanner.ts';
import { cutText, judgeConformanceFacts } from './judge-conformance.ts';
import { blindness, judgeFacts, type RunDescription } from './judge-facts.ts';
import { judgePenetrationFacts } from './judge-penetration.ts';
import { judgeSbomFacts } from './judge-sbom.ts';

/** A kind of scan as workflows see it: how it observes, and how what it observed becomes a report. */
export interface KindOfScan<Options, Ticket, Facts> {
  readonly scanner: Scanner<Options, Ticket, Facts, unknown>;
  /** Whether this can be a scan of that cluster at all; asked before anything is observed. */
  examine(cluster: ClusterIdentity, options: Options): Result<void>;
  /** From facts to the report, without changes. Fails when the scan saw nothing. Pure. */
  report(facts: Facts, options: Options, run: RunDescription): Result<Report>;
  /** Files that belong beside the report, as they came out of the cluster. Pure. */
  files?(facts: Facts): readonly SuiteFile[];
  /** Why the run did not come to its end, though there is a report of what is known: then it did not end well. Pure. */
  cut?(facts: Facts): CutOff | undefined;
}

/** How a run ends that was cut off. */
export interface CutOff {
  readonly state: 'failed' | 'timed-out';
  readonly reason: string;
}

/** Options of a configuration scan, with the benchmark to judge by. */
export type ConfigurationChoice = ConfigurationOptions & {
  /** Version of the benchmark to use instead of the one for the cluster's version. */
  readonly benchmark?: string | undefined;
};

const chosenFor = ({ kubernetesVersion }: ClusterIdentity, { benchmark }: ConfigurationChoice) =>
  chooseFramework(kubernetesVersion, benchmark);

export const configurationKind: KindOfScan<ConfigurationChoice, unknown, ConfigurationFacts> = {
  scanner: configurationScanner as Scanner<ConfigurationChoice, unknown, ConfigurationFacts, unknown>,
  examine: (cluster, options) => {
    const chosen = chosenFor(cluster, options);
    return chosen.ok ? succeed(undefined) : chosen;
  },
  report: (facts, options, run) => {
    const chosen = chosenFor(facts.cluster, options);
    if (!chosen.ok) return chosen;
    const report = judgeFacts(facts, chosen.value, run);
    return blindness(report, facts) ?? succeed(report);
  },
};

export const penetrationKind: KindOfScan<PenetrationOptions, unknown, ObservedPenetration> = {
  scanner: penetrationScanner as Scanner<PenetrationOptions, unknown, ObservedPenetration, unknown>,
  examine: () => succeed(undefined),
  report: (facts, _, run) => succeed(judgePenetrationFacts(facts, run)),
};

export const conformanceKind: KindOfScan<ConformanceOptions, ConformanceTicket, ConformanceFacts> = {
  scanner: conformanceScanner,
  examine: ({ kubernetesVersion }, { conformance = {} }) => {
    const image = suiteImage(kubernetesVersion, conformance);
    return image.ok ? succeed(undefined) : image;
  },
  report: (facts, _, run) => judgeConformanceFacts(facts, run),
  files: suiteFiles,
  cut: (facts) => facts.cut && { state: facts.cut.state, reason: cutText(facts) ?? facts.cut.why },
};

export const sbomKind: KindOfScan<SbomOptions, SbomTicket, SbomFacts> = {
  scanner: sbomScanner,
  examine: (_, options) => {
    const scope = readScope(options);
    return scope.ok ? succeed(undefined) : scope;
  },
  report: (facts, _, run) => succeed(judgeSbomFacts(facts, run)),
};

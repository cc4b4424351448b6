import { randomUUID } from 'node:crypto';
import manifest from '../../package.json' with { type: 'json' };
import { readWaivers } from '../adapters/local/waiver-file.ts';
import { type Result, succeed } from '../core/failure.ts';
import type { Vantage } from '../core/finding.ts';
import type { Severity } from '../core/outcome.ts';
import { type Format, renderReport, type SarifScope } from '../reports/renderers/renderer.ts';
import type { Report } from '../reports/report.ts';
import type { ScannerPorts } from '../scanners/scanner.ts';
import { type PreviousReport, type RunScanInput, runScan, type ScanOutput } from '../workflows/run-scan.ts';
import { configurationKind, conformanceKind, penetrationKind, sbomKind } from '../workflows/scan-kinds.ts';
import type { Answer } from './answer.ts';
import { announceConformance, saveSuiteFiles } from './conformance.ts';
import { type ConformanceFlags, conformanceChoice, contradictoryFlags } from './conformance-flags.ts';
import { openImageTools } from './image-tools.ts';
import { misplacedOptions, penetrationOptions, showTargets } from './penetration.ts';
import { type ConnectionFlags, openScanPorts, type ScanPorts } from './ports.ts';
import { showProgress } from './progress.ts';
import { openReportFolder, type ReportFolder, readReport, saveReport } from './report-folder.ts';
import { type SbomScanFlags, sbomChoice } from './sbom-scan-options.ts';
import { bySeverityText, failuresAtLeast, summary } from './summary.ts';
import { type ExitStatus, styled, type Terminal } from './terminal.ts';

export interface ScanFlags extends ConnectionFlags, ConformanceFlags, SbomScanFlags {
  readonly kind: 'configuration' | 'penetration' | 'conformance' | 'sbom';
  readonly out?: string;
  readonly format: readonly Format[];
  readonly sarif: SarifScope;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly failOn: Severity | 'never';
  readonly minCoverage: number;
  readonly benchmark?: string;
  readonly baseline?: string;
  readonly waivers?: string;
  readonly nodeFacts?: boolean;
  readonly nodeFactsImage: string;
  readonly kubeletProxy?: boolean;
  readonly recording?: string;
  readonly vantage: readonly Vantage[];
  readonly targets?: readonly string[];
  readonly allow: readonly string[];
  readonly probeImage: string;
  readonly probeToken?: string;
  readonly dryRun?: boolean;
}

/** Which exit status a report deserves, and the sentence that says why. */
export const verdict = (
  report: Report,
  failOn: Severity | 'never',
  minCoverage: number,
): { readonly exit: ExitStatus; readonly say: string } => {
  const { decided, total } = report.coverage;
  const share = total === 0 ? 0 : (100 * decided) / total;
  if (share < minCoverage)
    return {
      exit: 2,
      say: `Only ${decided} of ${total} controls (${share.toFixed(0)} %) were decided, and --min-coverage asks for ${minCoverage} %. Run \`gatehouse doctor\` to see which rights or routes are missing.`,
    };
  if (failOn === 'never') return { exit: 0, say: 'Done; --fail-on never lets everything pass.' };
  const failures = failuresAtLeast(report, failOn);
  return failures.length > 0
    ? {
        exit: 1,
        say: `${failures.length} finding${failures.length === 1 ? '' : 's'} failed at or above ${failOn}: ${bySeverityText(failures)}.`,
      }
    : { exit: 0, say: `Nothing failed at or above ${failOn}.` };
};

/** The previous report: what the user names, else what already lies in the folder. */
const previousOf = async (baseline: string | undefined, folder: ReportFolder | undefined): Promise<Result<PreviousReport | undefined>> => {
  if (baseline === undefined) return succeed(folder?.previous ? { report: folder.previous, isRequired: false } : undefined);
  const report = await readReport(baseline, 'the baseline');
  return report.ok ? succeed({ report: report.value, isRequired: true }) : report;
};

const deliver = async (
  { report, notCompared, files: beside = [], cut }: ScanOutput,
  flags: ScanFlags,
  folder: ReportFolder | undefined,
  terminal: Terminal,
): Promise<Answer> => {
  const saved = folder ? await saveReport(folder, report, flags.format, flags.sarif) : succeed([]);
  if (!saved.ok) return saved;
  const more = folder ? await saveSuiteFiles(folder.path, report.scan.startedAt, beside) : succeed([]);
  if (!more.ok) return more;
  const files = [...saved.value, ...more.value];
  if (flags.json) for await (const piece of await renderReport('json', report)) terminal.out(String(piece));
  const { exit, say } = cut === undefined ? verdict(report, flags.failOn, flags.minCoverage) : ({ exit: 2, say: cut } as const);
  // with --json standard output belongs to the report, so people read the summary on standard error
  const people = flags.json ? { ...terminal, out: terminal.err, hasColour: false } : terminal;
  if (!flags.quiet) {
    people.out(summary(people, report, notCompared));
    if (files.length > 0) people.out(`\n  ${styled(people, 'bold', 'Files')}\n${files.map((path) => `  ${path}\n`).join('')}`);
    people.out(`\n${styled(people, exit === 0 ? 'green' : 'red', say)}\n`);
  } else if (exit === 2) terminal.err(`gatehouse: ${say}\n`);
  return { exit };
};

type Common = Omit<RunScanInput<unknown>, 'options'>;

/** Runs the kind that was asked for with the options that are its own. */
const runKind = (flags: ScanFlags, common: Common, nodeFiles: ScanPorts['nodeFiles'], ports: ScannerPorts): Promise<Result<ScanOutput>> => {
  if (flags.kind === 'conformance')
    return runScan(conformanceKind, { ...common, options: { conformance: conformanceChoice(flags) } }, ports);
  if (flags.kind === 'sbom') return runScan(sbomKind, { ...common, options: sbomChoice(flags) }, ports);
  if (flags.kind === 'penetration') return runScan(penetrationKind, { ...common, options: penetrationOptions(flags) }, ports);
  const options = {
    benchmark: flags.benchmark,
    nodeFacts: flags.nodeFacts === true,
    nodeFactsImage: flags.nodeFactsImage,
    kubeletProxy: flags.kubeletProxy === true,
    recordedNodeFiles: nodeFiles,
  };
  return runScan(configurationKind, { ...common, options }, ports);
};

const scan = async (flags: ScanFlags, terminal: Terminal): Promise<Answer> => {
  const out = flags.out ?? (flags.json ? undefined : 'gatehouse-report');
  const waivers = flags.waivers === undefined ? succeed([]) : await readWaivers(flags.waivers);
  if (!waivers.ok) return waivers;
  const folder = out === undefined ? succeed(undefined) : await openReportFolder(out);
  if (!folder.ok) return folder;
  const previous = await previousOf(flags.baseline, folder.value);
  if (!previous.ok) return previous;
  const images = flags.kind === 'sbom' ? await openImageTools(flags, terminal) : succeed(undefined);
  if (!images.ok) return images;
  const opened = await openScanPorts(flags, terminal);
  if (!opened.ok) return opened;
  const display = showProgress(terminal, flags.quiet === true);
  const { ports, recordedAt, nodeFiles, close } = opened.value;
  try {
    const common = {
      scanId: randomUUID(),
      trigger: recordedAt === undefined ? 'command line' : `replay of a recording of ${recordedAt}`,
      toolVersion: manifest.version,
      clusterName: flags.clusterName,
      waivers: waivers.value,
      previous: previous.value,
    };
    const scanned = await runKind(flags, common, nodeFiles, {
      ...ports,
      images: images.value?.tools,
      progress: display.show,
      freeMemory: terminal.freeMemory,
    });
    display.end();
    return scanned.ok ? await deliver(scanned.value, flags, folder.value, terminal) : scanned;
  } finally {
    display.end();
    close();
    images.value?.close();
  }
};

/** `gatehouse scan` */
export const scanCommand = async (flags: ScanFlags, terminal: Terminal): Promise<Answer> => {
  const misplaced = misplacedOptions(flags);
  if (misplaced) return misplaced;
  const contradictory = contradictoryFlags(flags);
  if (contradictory) return contradictory;
  if (flags.kind === 'conformance' && !flags.quiet) announceConformance(flags, terminal);
  return flags.dryRun ? showTargets(flags, terminal) : scan(flags, terminal);
};

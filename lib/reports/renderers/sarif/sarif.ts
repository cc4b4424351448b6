import type { Finding, Report } from '../../report.ts';
import type { Rendered, RenderOptions, SarifScope } from '../renderer.ts';
import { isOpenFailure, plural } from '../words.ts';
import { result } from './results.ts';
import { rules, severityOfRule, taxonomy } from './rules.ts';

/** Most results of a run, and most runs of a file, that GitHub code scanning accepts. */
const mostResults = 25_000;

const notification = (level: 'error' | 'warning' | 'note', text: string, rule?: string) => ({
  level,
  message: { text },
  ...(rule === undefined ? {} : { associatedRule: { id: rule } }),
});

const leftOut = ({ counts }: Report): string =>
  `This file has the failures that are not waived. Left out, and to be found in report.json: ${counts.waived} waived, ${counts.manual} for a person to look at, ${counts.unknown} that could not be looked at, ${counts.error} whose check broke, ${counts.pass} passed, ${counts['not-applicable']} not applicable.`;

const unseen = (findings: readonly Finding[]) =>
  [
    ...Map.groupBy(
      findings.filter(({ outcome }) => outcome === 'unknown'),
      ({ message }) => message,
    ),
  ].map(([message, own]) => notification('warning', `${plural(own.length, 'finding')}: ${message}`));

const notifications = (report: Report, scope: SarifScope) => [
  ...report.coverage.statements.map((text) => notification('warning', text)),
  ...report.findings.filter(({ outcome }) => outcome === 'error').map(({ check, message }) => notification('error', message, check)),
  ...(scope === 'failures' ? [...unseen(report.findings), notification('note', leftOut(report))] : []),
];

const run = (report: Report, findings: readonly Finding[], part: number, scope: SarifScope) => {
  const { scan, coverage } = report;
  const all = rules(report);
  const byCheck = Map.groupBy(report.findings, ({ check }) => check);
  const rulesOfChecks = new Map(all.map(({ id }, index) => [id, { index, severity: severityOfRule(byCheck.get(id) ?? []) }]));
  const fresh = new Set(report.changes?.newFindings);
  const category = `gatehouse/${scan.kind}/${scan.cluster.name}${part === 0 ? '' : `/part-${part + 1}`}`;
  return {
    tool: {
      driver: {
        name: 'Gatehouse',
        version: scan.tool.version,
        semanticVersion: scan.tool.version,
        supportedTaxonomies: [{ name: scan.benchmark.framework, index: 0 }],
        rules: all,
      },
    },
    taxonomies: [taxonomy(report)],
    automationDetails: { id: `${category}/`, description: { text: `${scan.kind} scan of cluster ${scan.cluster.name}` } },
    invocations: [
      {
        executionSuccessful: true,
        startTimeUtc: scan.startedAt,
        endTimeUtc: scan.endedAt,
        toolExecutionNotifications: notifications(report, scope),
      },
    ],
    columnKind: 'utf16CodeUnits',
    results: findings.map((finding) => result(finding, report, rulesOfChecks, fresh)),
    properties: {
      scanId: scan.id,
      cluster: scan.cluster,
      benchmark: scan.benchmark,
      coverage,
      counts: report.counts,
      // every single request is in report.json
      ...(report.network ? { vantages: report.network.vantages, refused: report.network.refused } : {}),
    },
  };
};

const parts = (findings: readonly Finding[]): readonly (readonly Finding[])[] =>
  Array.from({ length: Math.max(1, Math.ceil(findings.length / mostResults)) }, (_, part) =>
    findings.slice(part * mostResults, (part + 1) * mostResults),
  );

async function* write(report: Report, scope: SarifScope): Rendered {
  const findings = scope === 'failures' ? report.findings.filter(isOpenFailure) : report.findings;
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: parts(findings).map((some, part) => run(report, some, part, scope)),
  };
  yield `${JSON.stringify(log, null, 2)}\n`;
}

/**
 * SARIF 2.1.0: checks are rules, findings results, the framework a taxonomy, waivers suppressions, statements notifications. More findings than one run may have go
 * into further runs, each with a category of its own.
 */
export const renderSarif = (report: Report, { sarif = 'all' }: RenderOptions): Rendered => write(report, sarif);

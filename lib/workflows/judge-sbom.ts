import { worstOutcome } from '../core/outcome.ts';
import { day, readTime } from '../core/time.ts';
import type { Framework } from '../frameworks/framework.ts';
import { sbomFramework } from '../frameworks/sbom.ts';
import { coverControls } from '../reports/finish/controls.ts';
import { finish } from '../reports/finish/index.ts';
import type { ControlOutcome, Finding, Report, Sbom, Scan } from '../reports/report.ts';
import { type SbomFacts, sbomScanner, scopeText } from '../scanners/sbom/index.ts';
import type { RunDescription } from './judge-facts.ts';

/** Days after which advisories are old: distributions publish every day. */
const freshDays = 5;

const describeScan = ({ cluster, nodes }: SbomFacts, run: RunDescription, { id, version }: Framework): Scan => ({
  id: run.scanId,
  kind: 'sbom',
  startedAt: run.startedAt,
  endedAt: run.endedAt,
  trigger: run.trigger,
  actor: run.actor,
  cluster: { ...cluster, nodes: nodes.read ? [...nodes.value] : [] },
  tool: { name: 'gatehouse', version: run.toolVersion, scannerVersion: sbomScanner.version },
  benchmark: { framework: id, version, range: 'any version', inRange: true },
});

const isStale = (dataDate: string | null, now: string): boolean => {
  const at = dataDate === null ? undefined : readTime(dataDate);
  return at === undefined || (readTime(now) ?? 0) - at > freshDays * day;
};

/** Every ecosystem once, with all packages that were compared with it. */
const advisoriesOf = ({ images }: SbomFacts, now: string): Sbom['advisories'] => {
  const all = images.flatMap(({ analysis }) => (analysis.read ? analysis.value.matches.matched : []));
  return [...Map.groupBy(all, ({ ecosystem }) => ecosystem)]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([ecosystem, own]) => {
      const dataDate = own[0]?.dataDate ?? null;
      return { ecosystem, packages: own.reduce((sum, one) => sum + one.packages, 0), dataDate, stale: isStale(dataDate, now) };
    });
};

const imagesOf = ({ images }: SbomFacts): Sbom['images'] =>
  images.map(({ repository, reference, digest, names, platform, contexts, analysis }) => ({
    repository,
    digest: digest ?? (analysis.read ? analysis.value.digest : reference),
    names: [...names],
    platform: `${platform.os}/${platform.architecture}`,
    ...(analysis.read && analysis.value.os !== undefined ? { os: analysis.value.os } : {}),
    ...(analysis.read ? { packages: analysis.value.packages } : { unread: analysis.reason }),
    contexts: contexts.map((one) => ({ ...one })),
  }));

const sectionOf = (facts: SbomFacts, findings: readonly Finding[], now: string): Sbom => {
  const failures = findings.filter(({ outcome }) => outcome === 'fail');
  const [first] = facts.images.flatMap(({ analysis }) => (analysis.read ? [analysis.value.matches] : []));
  return {
    scope: scopeText(facts.scope),
    images: imagesOf(facts),
    advisories: advisoriesOf(facts, now),
    unscored: failures.filter(({ vulnerability }) => vulnerability?.unscored).length,
    fixable: failures.filter(({ vulnerability }) => (vulnerability?.fixed.length ?? 0) > 0).length,
    ...(first?.epssDate === undefined ? {} : { epssDate: first.epssDate }),
    ...(first?.exploitedDate === undefined ? {} : { exploitedDate: first.exploitedDate }),
  };
};

const dateText = ({ ecosystem, dataDate }: Sbom['advisories'][number]): string =>
  `${ecosystem} ${dataDate === null ? 'of an unknown date' : `of ${dataDate.slice(0, 10)}`}`;

const many = (count: number, one: string, more: string): string => (count === 1 ? `1 ${one}` : `${count} ${more}`);

/** What a reader must know before trusting the numbers. */
const statementsFor = (
  facts: SbomFacts,
  { images, advisories, unscored, fixable, scope, epssDate, exploitedDate }: Sbom,
): readonly string[] => {
  const unread = images.filter((image) => image.unread !== undefined).length;
  const containers = images.reduce((sum, image) => sum + image.contexts.length, 0);
  const stale = advisories.filter((one) => one.stale);
  const enriched = [
    epssDate && `EPSS scores are of ${epssDate.slice(0, 10)}`,
    exploitedDate && `CISA's catalogue of exploited vulnerabilities is of ${exploitedDate.slice(0, 10)}`,
  ].filter((text) => typeof text === 'string');
  return [
    `${many(images.length, 'image runs', 'different images run')} in ${many(containers, 'container', 'containers')} of the scope ${scope}; ${unread === 0 ? 'every one of them was read' : `${many(unread, 'image', 'images')} could not be pulled or read, and nothing is known of what is in ${unread === 1 ? 'it' : 'them'}`}.`,
    advisories.length === 0
      ? 'No package could be compared with any advisory, so nothing is known of vulnerabilities; fetch advisories with `gatehouse vulnerabilities update`.'
      : `Packages were compared with these advisories: ${advisories.map(dateText).join(', ')}.`,
    ...(stale.length > 0
      ? [
          `Advisories older than ${freshDays} days miss what was found since: ${stale.map(dateText).join(', ')}. Run \`gatehouse vulnerabilities update\`, then scan again.`,
        ]
      : []),
    ...(fixable > 0 ? [`A fixed version exists for ${fixable} of the failures.`] : []),
    ...(unscored > 0 ? [`Nobody rated ${unscored} of the failures; they are counted as medium, which is a guess.`] : []),
    ...(enriched.length > 0 ? [`${enriched.join('; ')}.`] : []),
    ...facts.notes,
  ];
};

/** Controls are images here, so findings belong to the one they are about. */
const controlsOf = ({ id: framework, version, controls }: Framework, findings: readonly Finding[]): readonly ControlOutcome[] => {
  const byImage = Map.groupBy(findings, ({ subject }) => subject.name);
  return controls.map(({ checks: _, ...control }) => {
    const own = byImage.get(control.id) ?? [];
    return {
      framework,
      version,
      ...control,
      outcome: worstOutcome(own.map(({ outcome }) => outcome)) ?? 'unknown',
      findings: own.length,
      waived: own.filter(({ waiver }) => waiver !== null).length,
    };
  });
};

const referTo =
  ({ id: framework, version }: Framework) =>
  (finding: Finding): Finding => ({
    ...finding,
    controls: [{ framework, version, id: finding.subject.name, level: 1, automated: true }],
  });

/** From what an SBOM scan observed to its report, without changes: judge → finish. Pure. */
export const judgeSbomFacts = (facts: SbomFacts, run: RunDescription): Report => {
  const framework = sbomFramework([...new Set(facts.images.map(({ repository }) => repository))].toSorted());
  const scan = describeScan(facts, run, framework);
  const report = finish({ scan, framework, judged: sbomScanner.judge(facts), waivers: run.waivers, statements: [] });
  const findings = report.findings.map(referTo(framework));
  const sbom = sectionOf(facts, findings, run.startedAt);
  const controls = controlsOf(framework, findings);
  const statements = [...statementsFor(facts, sbom), ...run.statements];
  return { ...report, findings, controls: [...controls], coverage: coverControls(controls, statements), sbom };
};

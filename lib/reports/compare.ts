import { failed, type Result, succeed } from '../core/failure.ts';
import { type Subject, subjectName, subjectText, type Vantage } from '../core/finding.ts';
import { bySeverity, isDecided } from '../core/outcome.ts';
import type { ChangeKind, ComparedFinding, ComparedScan, Comparison, Seen } from './comparison.ts';
import { comparisonStatements } from './comparison-statements.ts';
import type { ChangeSummary, Counts, Finding, Report, WaiverMark } from './report.ts';

/** A report, indexed for comparing. `name` is how sentences call it. */
interface Side {
  readonly name: 'base' | 'head';
  readonly byFingerprint: ReadonlyMap<string, Finding>;
  readonly byCheck: ReadonlyMap<string, readonly Finding[]>;
  /** Objects that any check speaks of, whatever it says. */
  readonly objects: ReadonlySet<string>;
  /** From where it looked over the network; undefined for kinds that do not. */
  readonly vantages: readonly Vantage[] | undefined;
  /** Of a scan of images: which pods were asked for, and what nobody could look at in each image. */
  readonly images: { readonly scope: string; readonly open: ReadonlyMap<string, readonly Finding[]> } | undefined;
}

const objectText = ({ container: _container, package: _package, ...object }: Subject): string => subjectName(object);

const side = (name: Side['name'], { findings, network, sbom }: Report): Side => ({
  name,
  byFingerprint: new Map(findings.map((finding) => [finding.fingerprint, finding])),
  byCheck: Map.groupBy(findings, ({ check }) => check),
  objects: new Set(findings.map(({ subject }) => objectText(subject))),
  vantages: network?.vantages.map(({ vantage }) => vantage),
  images: sbom && {
    scope: sbom.scope,
    open: Map.groupBy(
      findings.filter(({ outcome }) => !isDecided(outcome)),
      ({ subject }) => subject.name,
    ),
  },
});

/**
 * Why another scan proves nothing about a failure: it did not look from where it was seen. One vantage is enough to see that something is new; gone is only what is gone from all.
 */
const otherVantage = ({ name, vantages }: Side, { vantages: seenFrom = [] }: Finding): string | undefined => {
  if (!vantages || seenFrom.length === 0) return undefined;
  const missing = seenFrom.filter((vantage) => !vantages.includes(vantage));
  const isBlind = name === 'head' ? missing.length > 0 : missing.length === seenFrom.length;
  return isBlind ? `The ${name} scan did not look from the ${missing.join(' or ')} vantage.` : undefined;
};

/** Whether what nobody could see about `wide` hides `narrow` too: the cluster hides all, a namespace what is in it, nodes what is on them. */
const hides = (wide: Subject, narrow: Subject): boolean => {
  if (wide.kind === 'Cluster') return true;
  if (wide.kind === 'Namespace') return wide.name === narrow.namespace;
  return wide.kind === 'Node' && wide.role !== undefined && wide.role === narrow.role;
};

const undecided = ({ name }: Side, { outcome, message }: Finding): string => `In the ${name} scan the outcome is ${outcome}: ${message}`;

/** An image hides what is in it, and `Debian/*` all packages of Debian. */
const hidesPackage = (wide: Subject, { package: found = '' }: Subject): boolean =>
  wide.package === undefined || wide.package === found || (wide.package.endsWith('/*') && found.startsWith(wide.package.slice(0, -1)));

/** The same for a scan of images: every vulnerability is looked for in every image, so the image decides, not the check. */
const imageBlindness = (look: Side, images: NonNullable<Side['images']>, subject: Subject, otherScope: string): string | undefined => {
  const hiding = images.open.get(subject.name)?.find((finding) => hidesPackage(finding.subject, subject));
  if (hiding) return undecided(look, hiding);
  return look.objects.has(objectText(subject)) || images.scope === otherScope
    ? undefined
    : `The ${look.name} scan looked at other pods (${images.scope}), and the image was not among what they run.`;
};

/** Why the silence of a report about a subject proves nothing; `undefined` when the check looked and the subject was not there. */
const blindness = (look: Side, check: string, subject: Subject): string | undefined => {
  const all = look.byCheck.get(check);
  if (!all) return `The check did not run in the ${look.name} scan.`;
  const open = all.filter(({ outcome }) => !isDecided(outcome));
  const hiding = open.find((finding) => hides(finding.subject, subject)) ?? (open.length === all.length ? open[0] : undefined);
  return hiding && undecided(look, hiding);
};

interface Answer {
  readonly change: ChangeKind;
  readonly reason: string;
}

const sinceBase = {
  pass: 'It passed in the base scan.',
  'not-applicable': 'It did not apply in the base scan.',
  silent: 'The base scan looked and did not report the subject.',
  absent: 'The subject was not there in the base scan.',
};
const untilHead: typeof sinceBase = {
  pass: 'It passes in the head scan.',
  'not-applicable': 'It does not apply any more in the head scan.',
  silent: 'The head scan looked and does not report the subject any more.',
  absent: 'The subject is gone: the head scan looked and did not find it.',
};

/** What the other scan's word makes of a failure: the answer for a decided outcome, for a subject that is not there, and for all else. */
const judge = (failure: Finding, own: Side, other: Side, decided: ChangeKind, words: typeof sinceBase): Answer => {
  const elsewhere = otherVantage(other, failure);
  if (elsewhere !== undefined) return { change: 'notComparable', reason: elsewhere };
  const there = other.byFingerprint.get(failure.fingerprint);
  if (there?.outcome === 'pass' || there?.outcome === 'not-applicable') return { change: decided, reason: words[there.outcome] };
  const blind = there
    ? undecided(other, there)
    : other.images
      ? imageBlindness(other, other.images, failure.subject, own.images?.scope ?? '')
      : blindness(other, failure.check, failure.subject);
  if (blind !== undefined) return { change: 'notComparable', reason: blind };
  return { change: decided, reason: words[other.objects.has(objectText(failure.subject)) ? 'silent' : 'absent'] };
};

const answer = (before: Finding | undefined, now: Finding | undefined, base: Side, head: Side): Answer => {
  if (before?.outcome === 'fail' && now?.outcome === 'fail') return { change: 'persisting', reason: 'It fails in both scans.' };
  if (now?.outcome === 'fail') return judge(now, head, base, 'new', sinceBase);
  return judge(before as Finding, base, head, 'resolved', untilHead);
};

const waiverChange = (before: WaiverMark | null, now: WaiverMark | null): readonly string[] => {
  if (!before && now) return [`Waived since, by ${now.id} until ${now.expires}.`];
  if (before && !now) return [`No longer waived: ${before.id} (until ${before.expires}) does not hold any more.`];
  if (!before || !now || (before.id === now.id && before.expires === now.expires)) return [];
  return [`Waived by ${now.id} until ${now.expires}, in the base scan by ${before.id} until ${before.expires}.`];
};

const otherwiseChanged = (before: Finding | undefined, now: Finding | undefined): readonly string[] => {
  if (!before || !now) return [];
  const severity = before.severity === now.severity ? [] : [`Severity ${now.severity}, in the base scan ${before.severity}.`];
  return [...waiverChange(before.waiver, now.waiver), ...severity];
};

const seen = (finding: Finding | undefined): Seen | null =>
  finding ? { outcome: finding.outcome, message: finding.message, waiver: finding.waiver } : null;

const compareOne = (fingerprint: string, base: Side, head: Side, otherScanner: string | undefined): [ChangeKind, ComparedFinding] => {
  const [before, now] = [base.byFingerprint.get(fingerprint), head.byFingerprint.get(fingerprint)];
  const found = answer(before, now, base, head);
  const scannerMayBeTheCause = otherScanner !== undefined && (found.change === 'new' || found.change === 'resolved');
  const { change, reason }: Answer = scannerMayBeTheCause ? { change: 'notComparable', reason: otherScanner } : found;
  const { check, title, severity, subject, controls } = (now ?? before) as Finding;
  const changed = [...otherwiseChanged(before, now)];
  return [change, { fingerprint, check, title, severity, subject, controls, base: seen(before), head: seen(now), reason, changed }];
};

const numbers = new Intl.Collator('en', { numeric: true });
const byImportance = (a: ComparedFinding, b: ComparedFinding): number =>
  bySeverity(a.severity, b.severity) ||
  numbers.compare(a.check, b.check) ||
  numbers.compare(subjectText(a.subject), subjectText(b.subject)) ||
  numbers.compare(a.fingerprint, b.fingerprint);

const comparedScan = ({ scan, counts }: Report): ComparedScan => ({
  scanId: scan.id,
  startedAt: scan.startedAt,
  kubernetesVersion: scan.cluster.kubernetesVersion,
  toolVersion: scan.tool.version,
  scannerVersion: scan.tool.scannerVersion,
  benchmark: scan.benchmark,
  counts,
});

const difference = (base: Counts, head: Counts): Counts =>
  Object.fromEntries(Object.entries(head).map(([name, number]) => [name, (number ?? 0) - (base[name as keyof Counts] ?? 0)])) as Counts;

const refusal = (base: Report, head: Report): string | undefined => {
  const unread = [base, head].find(({ schemaVersion }) => (schemaVersion as string) !== '1');
  if (unread) return `Reports of schema version ${unread.schemaVersion} cannot be compared; scan again with this version of Gatehouse.`;
  const [b, h] = [base.scan, head.scan];
  if (b.kind !== h.kind) return `The base report is of kind ${b.kind} and the head report of kind ${h.kind}; name two reports of one kind.`;
  if (b.cluster.id !== h.cluster.id)
    return `The base report is of cluster ${b.cluster.name} (${b.cluster.id}) and the head report of cluster ${h.cluster.name} (${h.cluster.id}); name two reports of one cluster.`;
  return undefined;
};

/**
 * What became of every failure between two scans of one cluster and kind. Fails for reports of different clusters or kinds, and of an
 * unknown schema version. Pure; the order of time does not matter, but a statement tells when it is turned round.
 */
export const compare = (base: Report, head: Report): Result<Comparison> => {
  const refused = refusal(base, head);
  if (refused) return failed('input-invalid', refused);
  const [before, now] = [base.scan.tool.scannerVersion, head.scan.tool.scannerVersion];
  const otherScanner =
    before === now
      ? undefined
      : `Scanner version ${before} judged the base scan and ${now} the head scan, so a change may come from the scanner.`;
  const sides = [side('base', base), side('head', head)] as const;
  const failures = [...base.findings, ...head.findings].filter(({ outcome }) => outcome === 'fail').map(({ fingerprint }) => fingerprint);
  const compared = [...new Set(failures)].map((fingerprint) => compareOne(fingerprint, ...sides, otherScanner));
  const list = (kind: ChangeKind) =>
    compared
      .filter(([change]) => change === kind)
      .map(([, finding]) => finding)
      .toSorted(byImportance);
  return succeed({
    schemaVersion: '1',
    kind: head.scan.kind,
    cluster: { id: head.scan.cluster.id, name: head.scan.cluster.name },
    base: comparedScan(base),
    head: comparedScan(head),
    delta: difference(base.counts, head.counts),
    statements: [...comparisonStatements(base, head, otherScanner)],
    new: list('new'),
    notComparable: list('notComparable'),
    persisting: list('persisting'),
    resolved: list('resolved'),
  });
};

/** The comparison in short, for `changes` of the head report. */
export const summarise = (comparison: Comparison): ChangeSummary => ({
  base: { scanId: comparison.base.scanId, startedAt: comparison.base.startedAt },
  new: comparison.new.length,
  resolved: comparison.resolved.length,
  persisting: comparison.persisting.length,
  notComparable: comparison.notComparable.length,
  newFindings: comparison.new.map(({ fingerprint }) => fingerprint),
  resolvedFindings: comparison.resolved.map(({ check, subject, severity }) => ({ check, subject, severity })),
  notComparableFindings: comparison.notComparable.map(({ check, subject, severity, reason, head }) => ({
    check,
    subject,
    severity,
    reason,
    failsNow: head?.outcome === 'fail',
  })),
});

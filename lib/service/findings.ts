import { createHash } from 'node:crypto';
import type { InputOf } from '../api/index.ts';
import { failed, type Result, succeed } from '../core/failure.ts';
import { subjectText } from '../core/finding.ts';
import { bySeverity } from '../core/outcome.ts';
import { fitsWildcard } from '../core/wildcard.ts';
import type { Finding, Report } from '../reports/report.ts';

type Query = InputOf<'scans.findings'>['query'];

const words = (finding: Finding): string =>
  [
    finding.check,
    finding.title,
    finding.message,
    subjectText(finding.subject),
    ...(finding.subject.nodes ?? []),
    ...(finding.subject.endpoints ?? []),
    ...(finding.techniques ?? []),
    ...finding.evidence.flatMap(({ source, looked, found }) => [source, looked, found]),
  ]
    .join('\n')
    .toLowerCase();

/** Whether a finding is what was asked for: every filter that is given must fit. */
const isAskedFor = (finding: Finding, query: Query, fresh: ReadonlySet<string>): boolean => {
  const { outcome, severity, check, subject, control, role, vantage, certainty, waived, changed, text } = query;
  return (
    (outcome === undefined || outcome.includes(finding.outcome)) &&
    (severity === undefined || severity.includes(finding.severity)) &&
    (check === undefined || fitsWildcard(check, finding.check)) &&
    (subject === undefined || fitsWildcard(subject, subjectText(finding.subject))) &&
    (control === undefined || finding.controls.some(({ id }) => id === control)) &&
    (role === undefined || finding.subject.role === role) &&
    (vantage === undefined || (finding.vantages ?? []).some((one) => vantage.includes(one))) &&
    (certainty === undefined || (finding.certainty !== undefined && certainty.includes(finding.certainty))) &&
    (waived === undefined || waived === (finding.waiver !== null)) &&
    (changed === undefined || (finding.outcome === 'fail' && (changed === 'new') === fresh.has(finding.fingerprint))) &&
    (text === undefined || words(finding).includes(text.toLowerCase()))
  );
};

const numbers = new Intl.Collator('en', { numeric: true });
/** The report is in the order of importance already. Sorting is stable, so that within equals this order stays. */
const orders: Readonly<Record<Query['sort'], ((a: Finding, b: Finding) => number) | undefined>> = {
  importance: undefined,
  severity: (a, b) => bySeverity(a.severity, b.severity),
  check: (a, b) => numbers.compare(a.check, b.check),
  subject: (a, b) => numbers.compare(subjectText(a.subject), subjectText(b.subject)),
};

/** Names the query that a cursor belongs to. The report never changes, so a place in it is enough beside that. */
const markOf = (scanId: string, { cursor: _, limit: __, ...filters }: Query): string =>
  createHash('sha256')
    .update(JSON.stringify([scanId, filters]))
    .digest('base64url')
    .slice(0, 16);

const placeIn = (cursor: string | undefined, mark: string): Result<number> => {
  if (cursor === undefined) return succeed(0);
  const [given, place] = cursor.split('.');
  return given === mark && /^\d{1,9}$/.test(place ?? '')
    ? succeed(Number(place))
    : failed('input-invalid', 'The cursor is none of this query; leave it out to begin at the first page.');
};

/** One page of the findings that were asked for, and how many there are in all. */
export const findFindings = (
  report: Report,
  query: Query,
): Result<{ readonly items: Finding[]; readonly total: number; readonly next?: string }> => {
  const mark = markOf(report.scan.id, query);
  const place = placeIn(query.cursor, mark);
  if (!place.ok) return place;
  const fresh = new Set(report.changes?.newFindings ?? []);
  const found = report.findings.filter((finding) => isAskedFor(finding, query, fresh));
  const order = orders[query.sort];
  const sorted = order ? found.toSorted(order) : found;
  const end = place.value + query.limit;
  const items = sorted.slice(place.value, end);
  return succeed({ items, total: sorted.length, ...(end < sorted.length ? { next: `${mark}.${end}` } : {}) });
};

import { subjectName } from '../../core/finding.ts';
import { readTime } from '../../core/time.ts';
import { fitsWildcard } from '../../core/wildcard.ts';
import type { Finding, Scan, WaiverMark, WaiverUse } from '../report.ts';
import { expiresAt, type Waiver } from '../waiver.ts';

/** Whether a text fits a pattern of a waiver; no pattern fits every text. */
export const matches = (pattern: string | undefined, text: string): boolean => pattern === undefined || fitsWildcard(pattern, text);

/** Only what is bad can be accepted: a pass needs no waiver, and what nobody looked at cannot be accepted. */
const canBeWaived = ({ outcome }: Pick<Finding, 'outcome'>): boolean => outcome === 'fail' || outcome === 'manual';

const concerns = ({ match }: Waiver, finding: Finding, scan: Scan): boolean =>
  canBeWaived(finding) &&
  (match.kind === undefined || match.kind === scan.kind) &&
  matches(match.check, finding.check) &&
  matches(match.subject, subjectName(finding.subject)) &&
  matches(match.cluster, scan.cluster.name);

const mark = ({ id, reason, owner, approver, expires }: Waiver): WaiverMark => ({ id, reason, owner, approver, expires });

/**
 * Marks accepted findings, drops none, and says of every waiver whether it was used, expired or unused at the time the scan started. Where several waivers match, the
 * first that has not expired marks the finding.
 */
export const markWaivers = (
  findings: readonly Finding[],
  waivers: readonly Waiver[],
  scan: Scan,
): { readonly findings: readonly Finding[]; readonly uses: readonly WaiverUse[] } => {
  const now = readTime(scan.startedAt) as number;
  const valid = new Map(waivers.map((waiver) => [waiver.id, expiresAt(waiver) >= now]));
  const used = new Map<string, number>();
  const marked = findings.map((finding) => {
    const concerning = waivers.filter((waiver) => concerns(waiver, finding, scan));
    const chosen = concerning.find(({ id }) => valid.get(id));
    for (const waiver of chosen ? [chosen] : concerning) used.set(waiver.id, (used.get(waiver.id) ?? 0) + 1);
    return chosen ? { ...finding, waiver: mark(chosen) } : finding;
  });
  const uses = waivers.map((waiver): WaiverUse => {
    const number = used.get(waiver.id) ?? 0;
    const state = !valid.get(waiver.id) ? 'expired' : number > 0 ? 'used' : 'unused';
    return { ...mark(waiver), match: waiver.match, state, findings: number };
  });
  return { findings: marked, uses };
};

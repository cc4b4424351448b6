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

/** Whether the finding is what a waiver waited for: a version without it. */
const isMendable = ({ vulnerability }: Finding): boolean => vulnerability !== undefined && vulnerability.fixed.length > 0;

const mark = ({ id, reason, owner, approver, expires }: Waiver): WaiverMark => ({ id, reason, owner, approver, expires });

/** What waivers were found to do, by id. */
interface Tally {
  readonly marked: Map<string, number>;
  /** Findings that it would mark, were it not over: by its date, or because they can be mended by now. */
  readonly ended: Map<string, number>;
}

const count = (tally: Map<string, number>, { id }: Waiver): void => void tally.set(id, (tally.get(id) ?? 0) + 1);

/**
 * Marks accepted findings, drops none, and says of every waiver whether it was used, expired or unused at the time the scan started. Where several waivers match, the
 * first that has not ended marks the finding. One that holds until there is a fix ends for each finding by itself.
 */
export const markWaivers = (
  findings: readonly Finding[],
  waivers: readonly Waiver[],
  scan: Scan,
): { readonly findings: readonly Finding[]; readonly uses: readonly WaiverUse[] } => {
  const now = readTime(scan.startedAt) as number;
  const valid = new Map(waivers.map((waiver) => [waiver.id, expiresAt(waiver) >= now]));
  const { marked, ended }: Tally = { marked: new Map(), ended: new Map() };
  const after = findings.map((finding) => {
    const concerning = waivers.filter((waiver) => concerns(waiver, finding, scan));
    const chosen = concerning.find(({ id, untilFixable }) => valid.get(id) && !(untilFixable && isMendable(finding)));
    if (chosen) count(marked, chosen);
    else for (const waiver of concerning) count(ended, waiver);
    return chosen ? { ...finding, waiver: mark(chosen) } : finding;
  });
  const uses = waivers.map((waiver): WaiverUse => {
    const [used, over] = [marked.get(waiver.id) ?? 0, ended.get(waiver.id) ?? 0];
    const state = !valid.get(waiver.id) ? 'expired' : used > 0 ? 'used' : over > 0 ? 'expired' : 'unused';
    return { ...mark(waiver), match: waiver.match, state, findings: used > 0 ? used : over };
  });
  return { findings: after, uses };
};

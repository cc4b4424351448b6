import { timeOf } from '../../core/time.ts';
import { fitsWildcard } from '../../core/wildcard.ts';
import type { Waiver } from '../../reports/waiver.ts';
import { expiresAt } from '../../reports/waiver-end.ts';
import { categories } from '../check.ts';
import type { Judged } from '../policy/judged.ts';

/** `drain.pdb`, `drain.*`, `rule.fresh`: names checks of the gate. `*` alone was meant for findings of scans, and lets no upgrade through. */
const namesGateCheck = (pattern: string): boolean => {
  const [before = ''] = pattern.split('*');
  return [...categories, 'rule'].some((category) => before.startsWith(`${category}.`));
};

const subjectOf = ({ kind, namespace, name }: Judged['resources'][number]): string => `${kind} ${namespace ? `${namespace}/` : ''}${name}`;

/** Whether a waiver accepts everything that a check complains of. */
const covers = ({ match }: Waiver, { id, resources }: Judged, clusterName: string): boolean =>
  match.kind === undefined &&
  namesGateCheck(match.check) &&
  fitsWildcard(match.check, id) &&
  (match.cluster === undefined || fitsWildcard(match.cluster, clusterName)) &&
  (match.subject === undefined ||
    (resources.length > 0 && resources.every((resource) => fitsWildcard(match.subject as string, subjectOf(resource)))));

/** Only a failure is a known risk that somebody can accept; what nobody could look at is not. */
export const waive = (
  checks: readonly Judged[],
  waivers: readonly Waiver[],
  { waivable, clusterName, now }: { readonly waivable: readonly string[]; readonly clusterName: string; readonly now: string },
): readonly Judged[] =>
  checks.map((check) => {
    if (check.outcome !== 'fail' || !waivable.some((pattern) => fitsWildcard(pattern, check.id))) return check;
    const waiver = waivers.find((one) => expiresAt(one) >= timeOf(now) && covers(one, check, clusterName));
    if (!waiver) return check;
    const { id, reason, owner, approver, expires } = waiver;
    return { ...check, waiver: { id, reason, owner, approver, expires } };
  });

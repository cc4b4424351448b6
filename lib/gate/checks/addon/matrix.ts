import { type GateVersion, minorText } from '../../../core/gate/index.ts';
import { type CheckAnswer, fails, isUnknown, type Named, namesText, passes } from '../../check.ts';
import { compatibility, type MatrixAddon } from '../../data/compatibility.ts';
import { type FoundAddon, minorOf, versionsText } from './find.ts';

type Fit = 'fits' | 'too-new' | 'too-old' | 'not-known';

/** How the target lies to what the makers of a release name. */
const fitOf = (
  addon: MatrixAddon,
  version: GateVersion | undefined,
  target: GateVersion,
): { readonly fit: Fit; readonly range?: string } => {
  const row = version && compatibility.rows.find((one) => one.addon === addon && one.release === minorText(version));
  if (!row || target.major !== 1) return { fit: 'not-known' };
  const range = row.from === row.to ? row.to : `${row.from} to ${row.to}`;
  if (target.minor > minorOf(row.to)) return { fit: row.upperOpen ? 'not-known' : 'too-new', range };
  if (target.minor < minorOf(row.from)) return { fit: row.lowerOpen ? 'not-known' : 'too-old', range };
  return { fit: 'fits', range };
};

/** Whether an add-on that was found goes with the target, by the rows of the data. `verb`: `supports`, `is tested with`. */
export const judgeMatrix = (
  addon: MatrixAddon,
  title: string,
  verb: string,
  found: readonly FoundAddon[],
  target: GateVersion,
): CheckAnswer => {
  const judged = found.map((one) => ({ one, ...fitOf(addon, one.version, target) }));
  const minor = minorText(target);
  const wrong = judged.filter(({ fit }) => fit === 'too-new' || fit === 'too-old');
  const names = (of: typeof judged): readonly Named[] => of.map(({ one }) => one.where);
  if (wrong.length > 0) {
    const version = versionsText(wrong.map(({ one }) => one));
    return fails(`${title} ${version} ${verb} Kubernetes ${wrong[0]?.range}, not ${minor}: ${namesText(names(wrong))}.`, names(wrong));
  }
  const open = judged.filter(({ fit }) => fit === 'not-known');
  if (open.length > 0)
    return isUnknown(
      `The data of ${compatibility.dataAsOf} has no row for ${title} ${versionsText(open.map(({ one }) => one))} with Kubernetes ${minor}; ask its release notes: ${namesText(names(open))}.`,
      names(open),
    );
  return passes(`${title} ${versionsText(found)} ${verb} Kubernetes ${minor}.`);
};

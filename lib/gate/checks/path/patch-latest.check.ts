import { minorText } from '../../../core/gate/index.ts';
import { defineGateCheck, fails, isUnknown, passes } from '../../check.ts';
import { releases } from '../../data/releases.ts';
import { newestPatchOf, releaseOf } from '../../releases.ts';

export const patchLatest = defineGateCheck({
  id: 'path.patch-latest',
  category: 'path',
  title: 'The target is the newest patch of its minor',
  severity: 'low',
  why: 'A newer patch holds fixes, often of security flaws, and costs the same upgrade.',
  repair: 'Upgrade to the newest patch of the minor.',
  links: ['https://kubernetes.io/releases/patch-releases/'],
  reads: [],
  evaluate: ({ upgrade: { target } }) => {
    const release = releaseOf(target);
    if (!release) return isUnknown(`The data of ${releases.dataAsOf} knows no patches of ${minorText(target)}.`);
    if (target.patch >= release.newestPatch && target.preRelease === undefined)
      return passes(`No newer patch than ${target.text} was known on ${releases.dataAsOf}.`);
    const newest = newestPatchOf(target);
    return fails(`${newest} is newer than the target ${target.text} (data of ${releases.dataAsOf}).`, [], `Upgrade to ${newest} instead.`);
  },
});

import { type GateVersion, minorText } from '../../../core/gate/index.ts';
import { defineGateCheck, fails, isUnknown, passes } from '../../check.ts';
import { releases } from '../../data/releases.ts';
import { isNewerThanKnown, releaseOf, supportedMinors } from '../../releases.ts';

const releasedText = (version: GateVersion): string => {
  const release = releaseOf(version);
  return release ? `${minorText(version)}, released ${release.released},` : minorText(version);
};

export const supportedWindow = defineGateCheck({
  id: 'path.supported-window',
  category: 'path',
  title: 'The cluster and the target are supported minors',
  severity: 'high',
  why: 'A minor outside of the window gets no fixes any more, and nobody tests upgrades from it.',
  repair:
    'Choose a target inside of the window; a cluster that has fallen out of it is taken up minor by minor, with a waiver for the steps until it is back.',
  links: ['https://kubernetes.io/releases/', 'https://kubernetes.io/releases/version-skew-policy/'],
  reads: [],
  evaluate: ({ upgrade: { current, target, supportWindow } }) => {
    const minors = supportedMinors(supportWindow);
    const window = `${minors.at(-1)} to ${minors[0]}, by data of ${releases.dataAsOf}`;
    const isIn = (version: GateVersion) => minors.includes(minorText(version));
    if (target.preRelease !== undefined) return fails(`The target ${target.text} is a pre-release, which nobody supports.`);
    if (isNewerThanKnown(target))
      return isUnknown(
        `The data of ${releases.dataAsOf} ends at ${releases.newestMinor}: whether ${minorText(target)} is supported is not known.`,
      );
    if (!isIn(target)) return fails(`The target's minor ${releasedText(target)} is not supported (${window}).`);
    if (isNewerThanKnown(current) || isIn(current)) return passes(`The cluster and the target are in the window (${window}).`);
    return fails(
      `The cluster is unsupported: its minor ${releasedText(current)} is outside of the window (${window}).`,
      [],
      `This upgrade is a step back into the window: let it pass with a waiver, and go on from ${minorText(target)} where that is not the newest.`,
    );
  },
});

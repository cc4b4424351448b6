import type { Advisory, AffectedPackage } from '../advisory/advisory.ts';
import { isDistribution } from '../advisory/ecosystem.ts';
import { schemeOf } from '../versions/index.ts';
import { judgeVersions } from '../versions/ranges.ts';

/** What the index keeps of one advisory for one package of one release. */
export interface IndexEntry extends Omit<Advisory, 'affected' | 'withdrawn'>, Pick<AffectedPackage, 'ranges' | 'versions'> {}

/**
 * Lists of versions mostly repeat what ranges say; only what they add is kept. Those of distributions are always made from the ranges, and long.
 */
const besides = ({ ecosystem, ranges, versions }: AffectedPackage): readonly string[] => {
  const scheme = schemeOf(ecosystem);
  if (!scheme || ranges.length === 0 || versions.length === 0) return versions;
  if (isDistribution(ecosystem)) return [];
  const judge = judgeVersions({ ranges, versions: [] }, scheme);
  return versions.filter((version) => judge(version).is !== 'affected');
};

/** The entry of one package; an advisory may be about several. */
export const entryOf = ({ affected: _, withdrawn: __, ...advisory }: Advisory, affected: AffectedPackage): IndexEntry => {
  const rating = affected.rating ?? advisory.rating;
  return { ...advisory, ...(rating && { rating }), ranges: affected.ranges, versions: besides(affected) };
};

/** One line of a shard: package, release and entry. Names hold no control characters, so tabs and line ends part them safely. */
export const writeLine = (name: string, release: string, entry: IndexEntry): string => `${name}\t${release}\t${JSON.stringify(entry)}\n`;

/** The entries of one package in the text of a shard: those of the release, and those that name none. */
export const entriesIn = (text: string, name: string, release: string): readonly IndexEntry[] => {
  const entries: IndexEntry[] = [];
  for (const wanted of release === '' ? [''] : ['', release]) {
    const start = `\n${name}\t${wanted}\t`;
    for (let at = text.indexOf(start); at >= 0; at = text.indexOf(start, at)) {
      const from = at + start.length;
      at = text.indexOf('\n', from);
      entries.push(JSON.parse(text.slice(from, at)) as IndexEntry);
    }
  }
  return entries;
};

import type { Advisory } from './advisory.ts';
import { readAdvisory } from './read-advisory.ts';

/** One file of a database: its name, for the user, and its text. */
export interface AdvisoryFile {
  readonly name: string;
  readonly text: string;
}

/** What became of the files of a database. */
export interface ReadingTally {
  /** Files that could be read. */
  read: number;
  /** Files that could not. */
  unreadable: number;
  /** The first of those, each with the reason. */
  readonly troubles: { readonly file: string; readonly say: string }[];
}

/** As many broken files as a person wants to see by name. */
const mostTroubles = 50;

export const newTally = (): ReadingTally => ({ read: 0, unreadable: 0, troubles: [] });

/** Reads advisory after advisory; one broken file is counted and named, and stops nothing. */
export const readAdvisories = async function* (
  files: AsyncIterable<AdvisoryFile> | Iterable<AdvisoryFile>,
  tally: ReadingTally,
): AsyncGenerator<Advisory> {
  for await (const { name, text } of files) {
    const advisory = readAdvisory(text);
    if (advisory.ok) {
      tally.read += 1;
      yield advisory.value;
      continue;
    }
    tally.unreadable += 1;
    if (tally.troubles.length < mostTroubles) tally.troubles.push({ file: name, say: advisory.failure.say });
  }
};

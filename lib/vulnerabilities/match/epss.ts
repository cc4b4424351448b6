import { gunzipSync } from 'node:zlib';
import { failed, type Result, succeed } from '../../core/failure.ts';
import { readTime, writeTime } from '../../core/time.ts';
import type { Epss } from './matches.ts';

export interface EpssScores {
  /** Of the scores, ISO 8601. */
  readonly date: string;
  /** By CVE. */
  readonly scores: ReadonlyMap<string, Epss>;
}

const mostBytes = 256 * 1024 * 1024;

const unreadable = (why: string) =>
  failed('input-invalid', `The EPSS scores cannot be read: ${why}. Give the file that FIRST publishes, epss_scores-current.csv.gz.`);

const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

const textOf = (bytes: Uint8Array): string | undefined => {
  try {
    return (isGzip(bytes) ? gunzipSync(bytes, { maxOutputLength: mostBytes }) : Buffer.from(bytes)).toString('utf8');
  } catch {
    return undefined;
  }
};

const line = /^(CVE-\d{4}-\d{4,}),([\d.eE-]+),([\d.eE-]+)\s*$/;

/** Reads FIRST's daily file, packed or not: a comment with the date, a line of headings, one line for each CVE. */
export const readEpss = (bytes: Uint8Array): Result<EpssScores> => {
  const text = textOf(bytes);
  if (text === undefined) return unreadable('it is damaged');
  const [comment = '', ...lines] = text.split('\n');
  const date = readTime(/score_date:([^,\s]+)/.exec(comment)?.[1] ?? '');
  if (date === undefined) return unreadable('its first line has no score_date');
  const scores = new Map<string, Epss>();
  for (const one of lines) {
    const [, cve, probability, percentile] = line.exec(one) ?? [];
    if (cve !== undefined) scores.set(cve, { probability: Number(probability), percentile: Number(percentile) });
  }
  return scores.size === 0 ? unreadable('it holds no scores') : succeed({ date: writeTime(date), scores });
};

import { z } from 'zod';
import { failed, type Result, succeed } from '../../core/failure.ts';
import { readTime } from '../../core/time.ts';
import type { Advisory, AffectedPackage, RangeEvent, Rating } from './advisory.ts';
import { rateVector, rateWord } from './cvss.ts';
import { indexName, readEcosystem } from './ecosystem.ts';
import { vulnerabilitiesOf } from './identities.ts';
import { OsvAdvisory, type OsvAffected } from './schema.ts';

/** Links worth keeping; long lists of commits help nobody. */
const mostLinks = 3;
/** What no honest advisory reaches. */
const mostVersions = 50_000;
const mostEvents = 2_000;

/** The newest kind of vector decides, because databases that give two keep the older for older tools. */
const vectorTypes = ['CVSS_V4', 'CVSS_V3', 'CVSS_V2'];

const rate = (severities: OsvAdvisory['severity'], spoken: readonly (string | undefined)[]): Rating | undefined => {
  for (const type of vectorTypes)
    for (const { type: is, score } of severities) {
      const rating = is === type ? rateVector(score) : undefined;
      if (rating) return rating;
    }
  const own = severities.filter(({ type }) => !vectorTypes.includes(type)).map(({ score }) => score);
  for (const word of [...own, ...spoken]) {
    const rating = word === undefined ? undefined : rateWord(word);
    if (rating) return rating;
  }
  return undefined;
};

/** A time that can be true: some databases fill in the year 1. */
const timeIn = (text: string | undefined): string | undefined => {
  const ms = text === undefined ? undefined : readTime(text);
  return ms === undefined || ms <= 0 ? undefined : text;
};

const eventsOf = (events: OsvAffected['ranges'][number]['events']): readonly RangeEvent[] =>
  events.flatMap(({ introduced, fixed, last_affected, limit }): RangeEvent[] => [
    ...(introduced === undefined ? [] : [['introduced', introduced] as const]),
    ...(fixed === undefined ? [] : [['fixed', fixed] as const]),
    ...(last_affected === undefined ? [] : [['last_affected', last_affected] as const]),
    // `*` is infinity, the default
    ...(limit === undefined || limit === '*' ? [] : [['limit', limit] as const]),
  ]);

const isPlainName = (name: string): boolean => /^[^\p{Cc}]{1,500}$/u.test(name);

const affectedOf = (affected: OsvAffected): AffectedPackage | undefined => {
  if (!affected.package || !isPlainName(affected.package.name) || !isPlainName(affected.package.ecosystem)) return undefined;
  const { ecosystem, release } = readEcosystem(affected.package.ecosystem);
  // commits say nothing about installed versions
  const ranges = affected.ranges.filter(({ type }) => type !== 'GIT').map(({ events }) => eventsOf(events));
  const told = ranges.filter((events) => events.length > 0);
  if (told.length === 0 && affected.versions.length === 0) return undefined;
  const { ecosystem_specific: here, database_specific: theirs } = affected;
  const rating = rate(affected.severity, [here?.severity, here?.urgency, theirs?.severity]);
  return {
    ecosystem,
    release,
    name: indexName(ecosystem, affected.package.name),
    ranges: told,
    versions: affected.versions,
    ...(rating && { rating }),
  };
};

const linksOf = ({ references }: OsvAdvisory): readonly string[] => {
  const web = references.filter(({ url }) => /^https?:\/\/[^\s]{1,500}$/.test(url));
  const first = web.filter(({ type }) => type === 'ADVISORY');
  return [...new Set([...first, ...web].map(({ url }) => url))].slice(0, mostLinks);
};

/** Notices about module streams name theirs in the summary alone: `Important: nodejs:20 security update`. */
const streamOf = ({ summary, affected }: OsvAdvisory): string | undefined => {
  const isModular = affected.some(({ ranges }) =>
    ranges.some(({ events }) => events.some(({ fixed }) => /\.module[+_]/.test(fixed ?? ''))),
  );
  return isModular ? /(?:^|\s)([a-z][\w.+-]*:[\w.-]+)(?=\s)/.exec(summary ?? '')?.[1] : undefined;
};

const reduce = (osv: OsvAdvisory): Advisory => {
  const { modified, published, withdrawn, id } = osv;
  const [changed, out] = [timeIn(modified), timeIn(published)];
  const rating = rate(osv.severity, [osv.database_specific?.severity]);
  const stream = streamOf(osv);
  return {
    id,
    vulnerabilities: vulnerabilitiesOf(osv),
    ...(changed !== undefined && { modified: changed }),
    ...(out !== undefined && { published: out }),
    ...(withdrawn !== undefined && { withdrawn }),
    ...(rating && { rating }),
    links: linksOf(osv),
    ...(stream !== undefined && { stream }),
    affected: osv.affected.flatMap((one) => affectedOf(one) ?? []),
  };
};

const isTooLarge = ({ affected }: OsvAdvisory): boolean =>
  affected.some(({ versions, ranges }) => versions.length > mostVersions || ranges.some(({ events }) => events.length > mostEvents));

const unreadable = (why: string) => failed('input-invalid', `The advisory ${why}. It is left out; ask its database to mend it.`);

/** Reads one advisory of the OSV format from parsed JSON or YAML. What it does not use may be wrong; what it uses must be right. */
export const reduceAdvisory = (document: unknown): Result<Advisory> => {
  const read = OsvAdvisory.safeParse(document);
  if (!read.success) {
    const [first] = read.error.issues;
    return unreadable(`cannot be used: ${first ? `${z.core.toDotPath(first.path) || 'the document'}: ${first.message}` : 'unknown shape'}`);
  }
  return isTooLarge(read.data) ? unreadable('lists more versions than any package has') : succeed(reduce(read.data));
};

/** The same from its text. */
export const readAdvisory = (text: string): Result<Advisory> => {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return unreadable('is no JSON');
  }
  return reduceAdvisory(document);
};

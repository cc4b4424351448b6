import { createHash } from 'node:crypto';

/** Tags that say how a test is run, not what it tests: they come and go between versions. */
const runTags = ['Conformance', 'NodeConformance', 'LinuxOnly', 'Serial', 'Slow', 'Disruptive', 'Privileged:ClusterAdmin'];
const runTag = new RegExp(`\\[(${runTags.join('|')})\\]`, 'g');
const group = /\[(k8s\.io|sig-[a-z0-9-]+)\]/;

/** A test of the suite, told from its name. */
export interface NamedTest {
  /** Name without the tags that say how it is run: `[sig-node] Pods should be submitted and removed`. */
  readonly name: string;
  /** Those tags, e.g. `Conformance`. */
  readonly tags: readonly string[];
  /** The group that owns it, e.g. `sig-node`; `other` where the name has none. */
  readonly area: string;
  /** The name as an id: without its group, which moved for many tests between versions. */
  readonly slug: string;
}

const oneLine = (text: string): string => text.replace(/[\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();

const slugOf = (name: string): string =>
  name
    .replaceAll(new RegExp(group, 'g'), ' ')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '') || 'unnamed';

/** Reads a name as any version of the suite writes it: with `[It] ` before it or not, with `[k8s.io]` or the group that owns the test now, with double blanks. */
export const readTestName = (text: string): NamedTest => {
  const full = oneLine(text).replace(/^\[It\] /, '');
  const tags = [...new Set([...full.matchAll(runTag)].map(([, tag]) => tag as string))];
  const name = oneLine(full.replace(runTag, ' ').replaceAll('[k8s.io]', ' '));
  return { name, tags, area: /\[(sig-[a-z0-9-]+)\]/.exec(name)?.[1] ?? 'other', slug: slugOf(name) };
};

/** Longest id; a longer one is cut and told apart by its hash. */
const longestSlug = 180;
const shortHash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 8);

/** The ids of some tests, by full name. Two names that would share one (they differ in case, or in signs) each get the hash of their own. */
export const idsOf = (names: Iterable<string>): ReadonlyMap<string, string> => {
  const read = [...new Set(names)].map((full) => [full, readTestName(full)] as const);
  const counts = new Map<string, number>();
  for (const [, { slug }] of read) counts.set(slug, (counts.get(slug) ?? 0) + 1);
  return new Map(
    read.map(([full, { name, slug }]) => {
      const isOwn = counts.get(slug) === 1 && slug.length <= longestSlug;
      return [full, `conformance/${isOwn ? slug : `${slug.slice(0, longestSlug)}-${shortHash(name)}`}`];
    }),
  );
};

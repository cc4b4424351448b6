import { readTime } from '../../core/time.ts';
import type { ReadManifest } from './read-manifests.ts';
import { type Expectations, type Problem, shown } from './verification.ts';

/** Manifests of one cluster, by sequence. Never empty. */
export type Chain = readonly [ReadManifest, ...ReadManifest[]];

/** The chains among some manifests, by cluster. */
export const chainsOf = (manifests: readonly ReadManifest[]): readonly Chain[] =>
  [...Map.groupBy(manifests, ({ manifest }) => manifest.cluster.id)]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, own]) => own.toSorted((a, b) => a.manifest.sequence - b.manifest.sequence || (a.path < b.path ? -1 : 1)) as [ReadManifest]);

const clusterText = ({ manifest: { cluster } }: ReadManifest): string => `${shown(cluster.name)} (${shown(cluster.id)})`;

const twice = (one: ReadManifest, other: ReadManifest): Problem => {
  const both = `${shown(one.path)} and ${shown(other.path)}`;
  const { sequence, previous } = other.manifest;
  if (one.sha256 !== other.sha256 && one.manifest.previous?.sha256 === previous?.sha256)
    return {
      code: 'fork',
      file: other.path,
      say: `${both} both follow ${previous ? `manifest ${previous.sequence}` : 'nothing'}: the chain forks at ${sequence}.`,
    };
  return { code: 'sequence-twice', file: other.path, say: `${both} both are manifest ${sequence} of the chain.` };
};

const stranger = (before: ReadManifest, one: ReadManifest): Problem | undefined => {
  const [own, others] = [one.manifest, before.manifest];
  const problem = (what: string): Problem => ({
    code: 'other-cluster',
    file: one.path,
    say: `${shown(one.path)} is about ${what}, unlike ${shown(before.path)} before it in the chain.`,
  });
  if (own.project.id !== others.project.id) return problem(`project ${shown(own.project.id)}`);
  const differs = own.cluster.uid !== undefined && others.cluster.uid !== undefined && own.cluster.uid !== others.cluster.uid;
  return differs ? problem(`the Kubernetes cluster with UID ${shown(own.cluster.uid ?? '')}`) : undefined;
};

const follows = (before: ReadManifest, one: ReadManifest): Problem | undefined => {
  const { sequence, previous } = one.manifest;
  const last = before.manifest.sequence;
  if (sequence === last) return twice(before, one);
  if (sequence > last + 1) {
    const missing = sequence === last + 2 ? `manifest ${last + 1} is` : `manifests ${last + 1} to ${sequence - 1} are`;
    return {
      code: 'gap',
      file: one.path,
      say: `${shown(one.path)} is manifest ${sequence}, and the one before it is ${last}: ${missing} missing.`,
    };
  }
  if (previous?.sha256 !== before.sha256)
    return {
      code: 'previous-differs',
      file: one.path,
      say: `${shown(one.path)} names SHA-256 ${previous?.sha256} as manifest ${last}, but ${shown(before.path)} has ${before.sha256}.`,
    };
  return undefined;
};

const outOfOrder = ({ path, manifest: { sequence, previous } }: ReadManifest): Problem | undefined =>
  previous !== null && previous.sequence !== sequence - 1
    ? {
        code: 'out-of-order',
        file: path,
        say: `${shown(path)} is manifest ${sequence}, but says that ${previous.sequence} is the one before it.`,
      }
    : undefined;

const beginning = (first: ReadManifest, from: number | undefined): Problem | undefined => {
  const { sequence } = first.manifest;
  if (sequence === (from ?? 1)) return undefined;
  const help = from === undefined ? `; if retention removed what was before, say --from-sequence ${sequence}` : '';
  return {
    code: 'first-missing',
    file: first.path,
    say: `${shown(first.path)} is the first manifest of cluster ${clusterText(first)} here and has sequence ${sequence}, not ${from ?? 1}${help}.`,
  };
};

const ending = (chain: Chain, head: Expectations['head']): Problem | undefined => {
  const last = chain.at(-1) as ReadManifest;
  if (head === undefined) return undefined;
  if (last.manifest.sequence < head.sequence)
    return {
      code: 'truncated',
      file: last.path,
      say: `${shown(last.path)} is the last manifest and has sequence ${last.manifest.sequence}, but ${head.sequence} is known to exist: the end of the chain is missing.`,
    };
  const same = chain.find(({ manifest }) => manifest.sequence === head.sequence);
  return head.sha256 !== undefined && same?.sha256 !== head.sha256
    ? {
        code: 'head-differs',
        file: (same ?? last).path,
        say: `${shown((same ?? last).path)} is not the known manifest ${head.sequence}: its SHA-256 is ${same?.sha256 ?? 'not there'}, not ${head.sha256}.`,
      }
    : undefined;
};

/** Examines one chain from its first manifest to its last: the first thing that does not fit. */
export const verifyChain = (chain: Chain, { fromSequence, head }: Expectations): Problem | undefined => {
  const start = beginning(chain[0], fromSequence) ?? outOfOrder(chain[0]);
  if (start) return start;
  for (const [index, one] of chain.entries()) {
    const before = chain[index - 1];
    if (before === undefined) continue;
    // a manifest that contradicts itself is named before what would follow from it
    const problem = outOfOrder(one) ?? follows(before, one) ?? stranger(before, one);
    if (problem) return problem;
  }
  return ending(chain, head);
};

/** Clocks that went back: no proof of anything, since the hashes prove the order, but worth a look. */
export const clockNotes = (chain: Chain): readonly string[] =>
  chain.flatMap((one, index) => {
    const before = chain[index - 1];
    if (!before) return [];
    const [earlier, later] = [before.manifest.sealedAt, one.manifest.sealedAt];
    return (readTime(later) as number) < (readTime(earlier) as number)
      ? [`${shown(one.path)} was sealed at ${later}, before the manifest it follows (${earlier}): a clock was wrong.`]
      : [];
  });

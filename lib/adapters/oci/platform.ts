import { failed, type Result, succeed } from '../../core/failure.ts';
import type { Platform } from '../../core/sbom/index.ts';
import type { IndexEntry } from './manifest.ts';

const architectures: Readonly<Record<string, readonly [architecture: string, variant?: string]>> = {
  x86_64: ['amd64'],
  'x86-64': ['amd64'],
  aarch64: ['arm64'],
  armhf: ['arm', 'v7'],
  armel: ['arm', 'v6'],
  i386: ['386'],
};
const usualVariant: Readonly<Record<string, string>> = { amd64: 'v1', arm64: 'v8', arm: 'v7' };

interface Normal {
  readonly os: string;
  readonly architecture: string;
  /** Number of the variant, `v8` is 8; NaN for a variant that is no number. */
  readonly level: number;
  readonly variant: string;
  readonly isVariantGiven: boolean;
}

/** One spelling of a platform, as containerd has it: `aarch64` is `arm64`, `arm` alone is `arm/v7`. */
const normal = (platform: { readonly os: string; readonly architecture: string; readonly variant?: string | null | undefined }): Normal => {
  const [architecture, implied] = architectures[platform.architecture.toLowerCase()] ?? [platform.architecture.toLowerCase()];
  const given = platform.variant || implied;
  const variant = (given ?? usualVariant[architecture] ?? '').toLowerCase().replace(/^(?=\d)/, 'v');
  const level = variant === '' ? 0 : Number(/^v(\d+)$/.exec(variant)?.[1] ?? Number.NaN);
  return { os: platform.os.toLowerCase(), architecture, level, variant, isVariantGiven: given !== undefined };
};

/**
 * How well a platform serves a wanted one; lower is better, `undefined` not at all. A processor runs what was built for older ones of its family. Kubernetes does not tell the variant of a node: without one
 * a newer one is taken, too, rather than nothing.
 */
const distance = (offered: Normal, wanted: Normal): number | undefined => {
  if (offered.os !== wanted.os || offered.architecture !== wanted.architecture) return undefined;
  if (offered.variant === wanted.variant) return 0;
  if (Number.isNaN(offered.level) || Number.isNaN(wanted.level)) return undefined;
  if (offered.level < wanted.level) return wanted.level - offered.level;
  return wanted.isVariantGiven ? undefined : 1_000 + offered.level;
};

/** Whether a platform that an image names serves the wanted one. */
export const serves = (
  offered: { readonly os: string; readonly architecture: string; readonly variant?: string | null | undefined },
  wanted: Platform,
): boolean => distance(normal(offered), normal(wanted)) !== undefined;

/** Signatures, attestations and the like stand in indexes beside the images they are about. */
const isAttestation = ({ annotations, platform }: IndexEntry): boolean =>
  annotations?.['vnd.docker.reference.type'] !== undefined || (platform?.os === 'unknown' && platform.architecture === 'unknown');

/** A platform as people write it: `linux/arm64/v8`. */
export const shownPlatform = ({
  os,
  architecture,
  variant,
}: {
  readonly os: string;
  readonly architecture: string;
  readonly variant?: string | null | undefined;
}): string => [os, architecture, variant].filter((part) => part).join('/');

/** The entry for a platform; an entry that names none (an index in an index, a lone manifest) serves when no other does. `what` names the image. */
export const choose = (entries: readonly IndexEntry[], wanted: Platform, what: string): Result<IndexEntry> => {
  const images = entries.filter((entry) => !isAttestation(entry));
  let best: { readonly entry: IndexEntry; readonly at: number } | undefined;
  for (const entry of images) {
    const at = entry.platform?.architecture ? distance(normal(entry.platform), normal(wanted)) : undefined;
    if (at !== undefined && (best === undefined || at < best.at)) best = { entry, at };
  }
  const chosen = best?.entry ?? images.find(({ platform }) => !platform?.architecture);
  if (chosen) return succeed(chosen);
  const there = [...new Set(images.map(({ platform }) => platform && shownPlatform(platform)))]
    .filter((text) => text !== undefined)
    .slice(0, 20);
  const offer = there.length === 0 ? 'it holds no image at all' : `there are ${there.join(', ')}`;
  return failed('not-found', `${what} is not made for ${shownPlatform(wanted)}: ${offer}.`);
};

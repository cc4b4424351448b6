import { isDistribution } from './ecosystem.ts';
import type { OsvAdvisory } from './schema.ts';

const cve = /^CVE-\d{4}-\d{4,19}$/;
export const isCve = (id: string): boolean => cve.test(id);

/** `DEBIAN-CVE-2024-1` and `UBUNTU-CVE-2024-1` are what a distribution says of `CVE-2024-1`. */
const cveOf = (id: string): string | undefined => {
  const bare = id.replace(/^(?:[A-Z]+-)+(?=CVE-)/, '');
  return isCve(bare) ? bare : undefined;
};

const cvesOf = (ids: readonly string[]): readonly string[] => [...new Set(ids.flatMap((id) => cveOf(id) ?? []))].sort();

/**
 * The vulnerabilities an advisory is about, each by all its names. Aliases are one vulnerability. A notice of a distribution (`DSA-…`, `RHSA-…`, `ALSA-…`) is about an
 * update that ends several: they stand in `upstream`, in older data in `related`.
 */
export const vulnerabilitiesOf = (advisory: OsvAdvisory): readonly (readonly string[])[] => {
  const { id, aliases, upstream, related, affected } = advisory;
  const own = [id, ...aliases];
  const known = cvesOf(own);
  if (known.length > 0) return [[...new Set([...known, ...own])]];
  const isNotice = affected.some(({ package: named }) => named && isDistribution(named.ecosystem.split(':')[0] ?? ''));
  const above = cvesOf(upstream);
  const mentioned = above.length > 0 || !isNotice ? above : cvesOf(related);
  if (mentioned.length > 1) return mentioned.map((one) => [one]);
  return [[...new Set([...mentioned, ...own])]];
};

import type { PackageType, SoftwarePackage } from '../../core/sbom/index.ts';
import { sortedOnce } from '../os/text.ts';

/** Longer texts are no names and no versions. */
const longestName = 512;
/** What a licence field may hold: some authors put the whole text of the licence there, which is none of its names. */
const longestLicence = 200;
const mostLicences = 50;
const longestSupplier = 500;
/** Spaces and signs that no name or version has in any ecosystem. */
const impossible = /[\s\p{Cc}]/u;

const isName = (text: string): boolean => text.length <= longestName && !impossible.test(text);

/** Names of licences, each once, as far as they are names. */
export const licenceNames = (texts: readonly (string | undefined)[]): string[] =>
  sortedOnce(
    texts
      .flatMap((text) => text?.trim() ?? [])
      .filter((text) => text !== '' && text.length <= longestLicence && !/\p{Cc}/u.test(text) && text.toUpperCase() !== 'UNKNOWN'),
  ).slice(0, mostLicences);

/** A package, if its name and its version can be such. */
export function packageOf(
  type: PackageType,
  name: string | undefined,
  version: string | undefined,
  more: { readonly licences?: readonly (string | undefined)[]; readonly supplier?: string | undefined; readonly main?: boolean } = {},
): SoftwarePackage | undefined {
  if (!name || !version || !isName(name) || !isName(version)) return undefined;
  const licenses = licenceNames(more.licences ?? []);
  const supplier = more.supplier?.replace(/\s+/g, ' ').trim().slice(0, longestSupplier);
  return {
    type,
    name,
    version,
    ...(licenses.length > 0 && { licenses }),
    ...(supplier && { supplier }),
    ...(more.main && { main: true as const }),
  };
}

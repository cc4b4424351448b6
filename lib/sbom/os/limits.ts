import type { SoftwarePackage } from '../../core/sbom/index.ts';

/** More packages than any distribution has: a database that names more is made to harm. */
export const mostPackages = 100_000;
/** Characters of all that is kept of one package; lists of licences make the longest. */
const mostCharacters = 1 << 16;

/** What is said of a database with too many packages, or with one that is described beyond measure; nothing of a good one. */
export function excess(count: number, last?: SoftwarePackage): { unreadable: string } | undefined {
  if (count > mostPackages) return { unreadable: `it names more than ${mostPackages} packages` };
  if (last === undefined) return undefined;
  const { name, version, source, architecture, supplier, module, licenses = [] } = last;
  const texts = [name, version, source?.name, source?.version, architecture, supplier, module, ...licenses];
  const characters = texts.reduce((sum, text) => sum + (text?.length ?? 0), 0);
  return characters > mostCharacters ? { unreadable: 'it says more of a package than there is to say' } : undefined;
}

/** What is said of a database with too many files. */
export const tooManyFiles = { unreadable: 'its packages own more files than any system has' } as const;

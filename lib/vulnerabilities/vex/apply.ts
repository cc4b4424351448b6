import type { FoundPackage, ImageInventory } from '../../core/sbom/index.ts';
import { readTime } from '../../core/time.ts';
import type { Matches, VulnerabilityMatch } from '../match/matches.ts';
import { meansImage, meansPackage, readPurl } from './purl.ts';
import type { VexMark, VexProduct, VexStatement, VexSubject } from './statement.ts';

const isPackage = ({ names }: VexSubject, found: FoundPackage, { os }: ImageInventory): boolean =>
  names.some((name) => {
    const purl = readPurl(name);
    return purl !== undefined && meansPackage(purl, found, os);
  });

const isImage = ({ names, digests }: VexSubject, { image }: ImageInventory): boolean =>
  digests.some((digest) => [image.digest, image.indexDigest, image.configDigest].includes(digest)) ||
  names.some((name) => meansImage(name, image));

/** Packages a package is part of: the one that owns its files, and the main module of the program it is compiled into. */
const wholes = (found: FoundPackage, { packages }: ImageInventory): readonly FoundPackage[] => {
  const paths = new Set(found.locations.map(({ path }) => path));
  return packages.filter(
    (other) =>
      (found.owner !== undefined && other.name === found.owner && ['deb', 'apk', 'rpm'].includes(other.type)) ||
      (other.main === true && other !== found && other.locations.some(({ path }) => paths.has(path))),
  );
};

/** The image and its part, the package in any image, or a part of another package. */
const isAbout = (product: VexProduct, found: FoundPackage, inventory: ImageInventory): boolean => {
  const isPart = product.parts.some((part) => isPackage(part, found, inventory));
  if (isImage(product, inventory)) return isPart || product.parts.length === 0;
  if (product.parts.length === 0) return isPackage(product, found, inventory);
  return isPart && wholes(found, inventory).some((whole) => isPackage(product, whole, inventory));
};

const byTime = (a: VexStatement, b: VexStatement): number => (readTime(a.at ?? '') ?? 0) - (readTime(b.at ?? '') ?? 0);

const markOf = ({ vulnerability: _, products: __, ...mark }: VexStatement): VexMark => mark;

/** Whether a statement takes a match out of the count. */
export const isAnswered = ({ vex }: Pick<VulnerabilityMatch, 'vex'>): boolean => vex?.status === 'not_affected' || vex?.status === 'fixed';

/** Marks matches with what VEX documents say of them. The latest statement holds; of two as late, the one that comes later in the list. */
export const applyVex = (matches: Matches, statements: readonly VexStatement[], inventory: ImageInventory): Matches => {
  const byId = new Map<string, VexStatement[]>();
  for (const statement of statements.toSorted(byTime))
    for (const id of new Set(statement.vulnerability)) byId.set(id, [...(byId.get(id) ?? []), statement]);
  const mark = (match: VulnerabilityMatch): VulnerabilityMatch => {
    const said = [match.id, ...match.aliases].flatMap((id) => byId.get(id) ?? []).sort(byTime);
    const last = said.findLast(({ products }) => products.some((product) => isAbout(product, match.package, inventory)));
    return last ? { ...match, vex: markOf(last) } : match;
  };
  return { ...matches, matches: matches.matches.map(mark) };
};

import { failed, type Result, succeed } from '../../../core/failure.ts';
import { fullName, parseReference } from '../reference.ts';

/** What may be said of an image in an archive before it is opened. */
export interface NamedImage {
  /** As the archive writes them: `registry.example/app:1`, or a tag alone. */
  readonly names: readonly string[];
  /** Digests by which it can be asked for: of its manifest, or of its configuration. */
  readonly digests: readonly string[];
}

/** The image that a reference asks for: by the very name, by the name in full, by its tag alone, by its digest; the only one without a reference. */
export const pickImage = <T extends NamedImage>(
  images: readonly T[],
  wanted: string,
  archive: string,
): Result<{ readonly image: T; readonly name: string | undefined }> => {
  const distinct = images.filter((image, at) => images.findIndex((other) => sharesDigest(image, other)) === at);
  const names = [...new Set(images.flatMap((image) => image.names))];
  if (wanted === '') {
    const [only] = distinct;
    if (only && distinct.length === 1) return succeed({ image: only, name: only.names[0] });
    return failed(
      'input-invalid',
      distinct.length === 0
        ? `The archive ${archive} holds no image.`
        : `The archive ${archive} holds ${distinct.length} images; say which: ${listed(names)}.`,
    );
  }
  const found = images.find((image) => image.names.some((name) => name === wanted)) ?? images.find((image) => isAskedFor(image, wanted));
  if (found) return succeed({ image: found, name: wanted });
  return failed(
    'not-found',
    `The archive ${archive} has no image ${wanted.slice(0, 300)}; it has ${names.length === 0 ? 'images without names' : listed(names)}.`,
  );
};

const sharesDigest = (one: NamedImage, other: NamedImage): boolean => one.digests.some((digest) => other.digests.includes(digest));

const listed = (names: readonly string[]): string => `${names.slice(0, 20).join(', ')}${names.length > 20 ? ', …' : ''}`;

const isAskedFor = ({ names, digests }: NamedImage, wanted: string): boolean => {
  if (digests.includes(wanted)) return true;
  const asked = parseReference(wanted);
  if (!asked.ok) return false;
  const { tag, digest } = asked.value;
  return names.some((name) => {
    const there = parseReference(name);
    if (!there.ok) return false;
    const isSame = fullName(there.value) === fullName(asked.value);
    if (digest !== undefined) return digests.includes(digest) && (isSame || !/[/:]/.test(name));
    // OCI layouts often name the tag alone
    return (isSame && there.value.tag === tag) || (!/[/:]/.test(name) && name === tag);
  });
};

/** How an image is named in reports: as asked for or as the archive names it, else by the archive's own name. */
export const namingOf = (
  name: string | undefined,
  archive: string,
): { readonly name: string; readonly repository: string; readonly tag?: string } => {
  const reference = name !== undefined && /[/:]/.test(name) ? parseReference(name) : undefined;
  if (name !== undefined && reference?.ok && !/^sha(256|512):/.test(name)) {
    const { tag } = reference.value;
    return { name, repository: fullName(reference.value), ...(tag !== undefined && { tag }) };
  }
  const plain = archive.replace(/\.tar$/, '');
  return { name: name ?? plain, repository: plain, ...(name !== undefined && !name.includes(':') && { tag: name }) };
};

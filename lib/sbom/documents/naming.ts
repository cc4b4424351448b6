import { createHash } from 'node:crypto';
import type { FoundPackage, ImageInventory } from '../../core/sbom/index.ts';

/** When a document is made and by which version; with the same inventory and the same of these, the bytes are the same. */
export interface Made {
  /** ISO 8601 */
  readonly at: string;
  /** Version of Gatehouse. */
  readonly version: string;
}

/** Our own namespace for UUIDs that are made from names (RFC 9562, version 5). */
const namespace = Buffer.from('5b0f0c7e6a1d4d0f9d0e0a5c3e9b1f27', 'hex');

/** A UUID of version 5: the same name gives the same one. */
export const uuidOf = (name: string): string => {
  const bytes = createHash('sha1').update(namespace).update(name).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
};

/** The identity of a document: another moment, version or format makes another one. */
export const documentUuid = ({ image, analyser }: ImageInventory, { at, version }: Made, format: string): string =>
  uuidOf(JSON.stringify([format, image.repository, image.digest, analyser, version, at]));

export const shortHash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);

/** Characters that an identifier of SPDX may have. */
export const plainName = (text: string): string =>
  text
    .replace(/[^A-Za-z0-9.-]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 80);

/** Names one package within its image; the same in all documents. */
export const packageId = ({ type, name, version, architecture }: FoundPackage): string =>
  `${type}-${plainName(name)}-${shortHash(JSON.stringify([type, name, version, architecture ?? '']))}`;

/** Algorithm and digits of `sha256:…`. */
export const digestParts = (digest: string): readonly [algorithm: string, digits: string] => {
  const colon = digest.indexOf(':');
  return [digest.slice(0, colon), digest.slice(colon + 1)];
};

/** Text for fields of one line. */
export const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

export const written = (document: unknown): string => `${JSON.stringify(document, null, 2)}\n`;

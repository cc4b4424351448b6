import { createHash } from 'node:crypto';
import type { Finding, Report } from '../../report.ts';

/** Namespace of our ids (RFC 4122): never to be changed, or every id does. */
const namespace = Buffer.from('b7a1d6a24f0e4c539a550e7d5f6c2a11', 'hex');

/** A UUID of version 5 that names a thing by what it is: the same thing has the same one in every document. */
export const uuidOf = (...what: readonly string[]): string => {
  const bytes = createHash('sha1').update(namespace).update(JSON.stringify(what)).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
};

/** One line, as OSCAL wants texts that are no prose. */
export const lineOf = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();

/** Prose: Markdown to OSCAL, in which a placeholder such as `<name>` would be a tag. */
export const proseOf = (text: string): string => text.toWellFormed().replaceAll('&', '&amp;').replaceAll('<', '&lt;').trim();
export const titleOf = (text: string): string => lineOf(proseOf(text));

export interface Property {
  readonly name: string;
  readonly ns: string;
  readonly value: string;
}

/** Whose names they are. A URI that resolves to nothing; widespread readers of OSCAL refuse one without `//`, such as a URN. */
export const ourNames = 'gatehouse://oscal';

/** Properties in our own namespace; those without a value are left out, because OSCAL knows no empty one. */
export const propsOf = (values: Readonly<Record<string, string | number | boolean | undefined>>): readonly Property[] =>
  Object.entries(values).flatMap(([name, value]) => {
    const text = value === undefined ? '' : lineOf(String(value));
    return text === '' ? [] : [{ name, ns: ourNames, value: text }];
  });

/** A list that OSCAL wants to be absent rather than empty. */
export const listOf = <K extends string, T>(name: K, list: readonly T[]): { readonly [key in K]?: readonly T[] } =>
  list.length === 0 ? {} : ({ [name]: list } as { readonly [key in K]: readonly T[] });

/** Numbers are no names to OSCAL: `1.2.16` is `cis-kubernetes-1.2.16`. */
export const controlIdOf = ({ framework, id }: { readonly framework: string; readonly id: string }): string =>
  `${/^\p{L}/u.test(framework) ? '' : '_'}${framework}-${id}`.replace(/[^\p{L}\p{N}._-]/gu, '_');

/** The program that looked. */
export const toolUuid = ({ scan }: Report): string => uuidOf('tool', scan.tool.name, scan.tool.version);
export const clusterUuid = ({ scan }: Report): string => uuidOf('cluster', scan.cluster.id);
export const originsOf = (report: Report) => [{ actors: [{ type: 'tool', 'actor-uuid': toolUuid(report) }] }];

/** What a scan saw is its own; the risk that follows from it is the same one next week. */
export const observationUuid = ({ fingerprint }: Finding, { scan }: Report): string => uuidOf('observation', scan.id, fingerprint);
export const riskUuid = ({ fingerprint }: Finding): string => uuidOf('risk', fingerprint);

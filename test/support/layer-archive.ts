import { buffer } from 'node:stream/consumers';
import { type Header, pack } from 'tar-stream';
import type { Catalogers } from '../../lib/sbom/index.ts';

export type LayerEntry = Partial<Header> & { readonly name: string; readonly content?: string | Uint8Array };

/** A layer with these entries, as another program writes it. */
export const layerArchive = async (entries: readonly LayerEntry[]): Promise<Buffer> => {
  const archive = pack();
  for (const { content = '', ...header } of entries) archive.entry({ mode: 0o644, ...header }, Buffer.from(content));
  archive.finalize();
  return await buffer(archive as unknown as AsyncIterable<Uint8Array>);
};

/** Bytes in pieces of this size. */
export async function* inPieces(bytes: Uint8Array, size = 65_536): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** Takes every file called `packages`, a `name version` per line, and programs that begin with ELF's magic and say their version behind it. */
export const plainCatalogers: Catalogers = {
  files: [
    {
      id: 'plain',
      mostBytes: 1000,
      wants: ({ path }) => path.endsWith('/packages') || path === 'packages',
      read: (_, bytes) => {
        const text = Buffer.from(bytes).toString();
        if (text.startsWith('throw')) throw new Error('a bug');
        const packages = text.split('\n').flatMap((line) => {
          const [name, version] = line.split(' ');
          return name && version ? [{ type: 'npm' as const, name, version }] : [];
        });
        return packages.length > 0 ? { packages } : undefined;
      },
    },
  ],
  programs: [
    {
      id: 'program',
      wants: (_, beginning) => Buffer.from(beginning.subarray(0, 4)).toString('latin1') === '\x7fELF',
      open: ({ path }) => {
        let bytes = 0;
        return {
          push: (chunk) => {
            bytes += chunk.length;
          },
          end: () => ({ packages: [{ type: 'golang', name: path, version: String(bytes) }] }),
        };
      },
    },
  ],
};

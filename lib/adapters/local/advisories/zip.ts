import { type Entry, openPromise, type ZipFile } from 'yauzl';

/** No advisory is larger; a forged entry must not fill the memory. */
const mostBytes = 64 * 1024 * 1024;

const read = async (zip: ZipFile, entry: Entry): Promise<string> => {
  if (entry.uncompressedSize > mostBytes) throw new Error(`${entry.fileName} in it is too large to be an advisory`);
  const parts: Buffer[] = [];
  for await (const part of await zip.openReadStreamPromise(entry)) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
};

/** The files of a zip whose names are wanted, one after the other. */
export async function* filesInZip(
  path: string,
  isWanted: (name: string) => boolean,
): AsyncGenerator<{ readonly name: string; readonly text: string }> {
  const zip = await openPromise(path, { lazyEntries: true, autoClose: false });
  try {
    for await (const entry of zip.eachEntry()) if (isWanted(entry.fileName)) yield { name: entry.fileName, text: await read(zip, entry) };
  } finally {
    zip.close();
  }
}

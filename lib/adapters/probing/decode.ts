import type { Transform } from 'node:stream';
import zlib from 'node:zlib';
import type { NoAnswer } from '../../core/probing/index.ts';
import { noAnswer } from './ending.ts';

/** More bytes out of one byte than text ever gives; beyond the limit of the body, this is a bomb. */
const mostRatio = 100;
/** Largest window of zstd that receivers over HTTP must know, 8 MiB; it has to be held in memory. */
const zstdWindow = 23;

const decoders: Readonly<Record<string, (first: number) => Transform & { readonly bytesWritten: number }>> = {
  gzip: () => zlib.createGunzip(),
  'x-gzip': () => zlib.createGunzip(),
  // some servers leave the wrapper out
  deflate: (first) => ((first & 0x0f) === 8 ? zlib.createInflate() : zlib.createInflateRaw()),
  br: () => zlib.createBrotliDecompress(),
  zstd: () => zlib.createZstdDecompress({ params: { [zlib.constants.ZSTD_d_windowLogMax]: zstdWindow } }),
};

export interface Raw {
  readonly bytes: Buffer;
  /** Whether it went on. */
  readonly isCut: boolean;
}

const finished = ({ bytes, isCut }: Raw, most: number): Raw => ({ bytes: bytes.subarray(0, most), isCut: isCut || bytes.length > most });

const inflate = (raw: Raw, most: number, decoder: Transform & { readonly bytesWritten: number }): Promise<Raw | NoAnswer> =>
  new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const whole = (isCut: boolean): Raw => finished({ bytes: Buffer.concat(chunks), isCut }, most);
    decoder.on('data', (chunk: Buffer) => {
      if (length > most) return;
      chunks.push(chunk);
      length += chunk.length;
      if (length <= most) return;
      const isBomb = length > mostRatio * decoder.bytesWritten;
      resolve(isBomb ? noAnswer('hostile', 'a decompression bomb') : whole(true));
      decoder.destroy();
    });
    decoder.once('end', () => resolve(whole(raw.isCut)));
    decoder.once('error', (error: Error & { code?: string }) => {
      if (/window/i.test(`${error.code} ${error.message}`)) resolve(noAnswer('hostile', 'a compressed body that needs too much memory'));
      // what was cut off by us ends in the middle
      else resolve(raw.isCut ? whole(true) : noAnswer('malformed', 'a body that cannot be decompressed'));
    });
    decoder.end(raw.bytes);
  });

/** Undoes a content coding that nobody asked for, up to `most` bytes. */
export const decode = async (raw: Raw, coding: string, most: number): Promise<Raw | NoAnswer> => {
  const codings = coding
    .toLowerCase()
    .split(',')
    .map((one) => one.trim())
    .filter((one) => Object.hasOwn(decoders, one));
  if (codings.length > 1) return noAnswer('hostile', 'a body compressed several times');
  const make = decoders[codings[0] ?? ''];
  const [first] = raw.bytes;
  return make && first !== undefined ? inflate(raw, most, make(first)) : finished(raw, most);
};

// Streams a hostile or huge layer through the analyser in a process of its own: node endless-layer.ts FORM MEBIBYTES. Prints its troubles, the bytes it unpacked and the peak memory in MiB.

import { pipeline } from 'node:stream';
import { createGzip, createZstdCompress } from 'node:zlib';
import { analyseLayer, catalogers } from '../../lib/sbom/index.ts';

const [form = '', mebibytes = '0'] = process.argv.slice(2);
const mebibyte = 1024 * 1024;

const header = (name: string, type: string, size: number): Buffer => {
  const bytes = Buffer.alloc(512);
  bytes.write(name);
  bytes.write('0000755\0', 100);
  bytes.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  bytes.write(`        ${type}`, 148);
  bytes.write('ustar\x0000', 257);
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  bytes.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return bytes;
};
async function* repeated(...blocks: Buffer[]): AsyncGenerator<Buffer> {
  const block = Buffer.concat(blocks);
  const piece = Buffer.concat(Array.from({ length: Math.ceil(mebibyte / block.length) }, () => block));
  for (let left = Number(mebibytes) * mebibyte; left > 0; left -= piece.length) yield piece;
}
async function* file(name: string, content: Buffer): AsyncGenerator<Buffer> {
  yield header(name, '0', Number(mebibytes) * mebibyte);
  yield* repeated(content);
}

const program = Buffer.concat([Buffer.from('\x7fELF\x02\x01\x01', 'latin1'), Buffer.alloc(505, 'x\x9c Go')]);
const forms: Readonly<Record<string, () => AsyncIterable<Uint8Array>>> = {
  /** One large file of text. */
  text: () => file('text', Buffer.alloc(512, 'text ')),
  /** A program of gigabytes, full of what catalogers look for. */
  program: () => file('bin/p', program),
  /** A database that no honest package manager writes. */
  database: () => file('var/lib/dpkg/status', Buffer.alloc(512, 'Package: a\nStatus: install ok installed\nVersion: 1\n\n')),
  records: () => repeated(header('x', 'x', 1024), Buffer.from(`1024 a=${'x'.repeat(1016)}\n`)),
  names: () => repeated(header('././@LongLink', 'L', 512), Buffer.alloc(512, 'n')),
  links: () => repeated(header('same', '2', 0)),
  bomb: () => pipeline(file('zeros', Buffer.alloc(512)), createGzip({ level: 9 }), () => {}),
  'zstd-bomb': () => pipeline(file('zeros', Buffer.alloc(512)), createZstdCompress(), () => {}),
};
const make = forms[form];
if (!make) throw new Error(`no form ${form}`);
const descriptor = { digest: `sha256:${'0'.repeat(64)}`, mediaType: '' };
const analysis = await analyseLayer(make(), descriptor, catalogers, new AbortController().signal);
console.log(
  JSON.stringify({
    troubles: analysis.troubles,
    unreadable: analysis.files.flatMap(({ unreadable }) => unreadable ?? []),
    unpackedMiB: Math.round(analysis.bytes.unpacked / mebibyte),
    peakMiB: Math.round(process.resourceUsage().maxRSS / 1024),
  }),
);

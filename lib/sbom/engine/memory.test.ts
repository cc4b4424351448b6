import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const program = fileURLToPath(new URL('../../../test/support/endless-layer.ts', import.meta.url));
/** A process that kept what flows through it would need many times as much, and has not even this much heap. */
const mostMiB = 256;
const heap = '--max-old-space-size=64';

const stream = async (
  form: string,
  mebibytes: number,
): Promise<{ troubles: string[]; unreadable: string[]; unpackedMiB: number; peakMiB: number }> => {
  const { stdout } = await promisify(execFile)(process.execPath, [heap, program, form, String(mebibytes)]);
  return JSON.parse(stdout);
};
const endless = 'the header of a file in it is longer than 1024 KiB, and it was not read further';
const bomb = 'it unpacks to more than 200 times its size, as only bombs do, and was not read further';

it.each([
  ['text', 2000, [], []],
  ['program', 300, [], []],
  ['database', 2000, [], ['it is longer than 32 MiB']],
  ['links', 100, [], []],
  ['records', 2000, [endless], []],
  ['names', 2000, [endless], []],
  ['bomb', 2000, [bomb], []],
  ['zstd-bomb', 2000, [bomb], []],
])('a layer of %s, %i MiB long, flows through little memory', async (form, mebibytes, troubles, unreadable) => {
  const seen = await stream(form, mebibytes);
  expect([seen.troubles, seen.unreadable]).toEqual([troubles, unreadable]);
  expect(seen.peakMiB).toBeLessThan(mostMiB);
  if (troubles.length === 0) expect(seen.unpackedMiB).toBe(mebibytes);
  else expect(seen.unpackedMiB).toBeLessThan(mebibytes);
});

// The program of the internal vantage as one file. `node lib/adapters/probing/pod-program.ts FILE` writes it: the bundle of the scan function carries it along,
// because there is no bundler there.
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** Where a bundle has it: beside itself. */
export const podProgramFile = 'probe-pod.mjs';

const entry = fileURLToPath(new URL('../../../bin/probe-pod.ts', import.meta.url));

/** Bundles the program. It needs Node.js 22 and nothing else, and must stay far below the 1 MiB of a ConfigMap. */
const bundle = async (): Promise<string> => {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    minify: true,
    legalComments: 'none',
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
};

let program: Promise<string> | undefined;

/** Text of the program: the file beside the bundle, else bundled here. */
export const podProgram = (): Promise<string> => {
  program ??= readFile(new URL(podProgramFile, import.meta.url), 'utf8').catch(bundle);
  return program;
};

if (import.meta.main) {
  const [, , file] = process.argv;
  if (file === undefined) throw new Error('say which file to write');
  await writeFile(file, await bundle());
}

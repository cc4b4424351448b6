// Bundles each function as the deployment does and writes docs/generated/bundles.md; with --check it only says whether the bytes are current within 2 % and the API holds its limits (exit status 1).
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Metafile } from 'esbuild';
import { bundleFunction } from '../lib/infra/bundle.ts';
import { type FunctionName, functionNames } from '../lib/infra/sizes.ts';

/** Bytes of the API that are loaded before the first call: design §10. */
export const apiLimit = 400_000;
const runs = 15;
const page = new URL('../docs/generated/bundles.md', import.meta.url);

export interface Bundle {
  readonly name: FunctionName;
  /** What is loaded before the first call: the entry and the chunks it imports statically. */
  readonly startBytes: number;
  readonly startGzip: number;
  /** All code, with what is loaded when it is needed. */
  readonly allBytes: number;
  /** Milliseconds of the fastest import, each in a process of its own: whatever else the machine does only makes one longer. */
  readonly ms: number;
}

/** The entry and everything that its imports load at once. */
export const loadedAtStart = ({ outputs }: Pick<Metafile, 'outputs'>): string[] => {
  const entry = Object.keys(outputs).find((path) => basename(path) === 'index.mjs');
  const seen = new Set<string>();
  const visit = (path: string): void => {
    if (seen.has(path)) return;
    seen.add(path);
    for (const { path: next, kind, external } of outputs[path]?.imports ?? []) if (kind === 'import-statement' && !external) visit(next);
  };
  if (entry) visit(entry);
  return [...seen];
};

/** Packages of which something is loaded at once. */
export const packagesAtStart = (metafile: Pick<Metafile, 'outputs'>): ReadonlySet<string> => {
  const inputs = loadedAtStart(metafile).flatMap((path) => Object.keys(metafile.outputs[path]?.inputs ?? {}));
  return new Set(inputs.flatMap((path) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []));
};

/** What the stacks set; only names, nothing is called. */
export const variables = {
  AWS_REGION: 'eu-central-1',
  GATEHOUSE_RECORD_TABLE: 't',
  GATEHOUSE_SHORT_LIVED_TABLE: 't',
  GATEHOUSE_EVIDENCE_BUCKET: 'b',
  GATEHOUSE_SIGNING_KEY: 'k',
  GATEHOUSE_EVENT_BUS: 'b',
  GATEHOUSE_SCAN_FUNCTION: 'arn:aws:lambda:eu-central-1:000000000000:function:scan:live',
  GATEHOUSE_DELIVER_FUNCTION: 'arn:aws:lambda:eu-central-1:000000000000:function:deliver:live',
  GATEHOUSE_SECRET_PREFIX: 'gatehouse/',
  GATEHOUSE_SECRET_KEY: 'k',
};
const timed = (file: string): number => {
  const script = `const t=performance.now();const m=await import(${JSON.stringify(file)});if(typeof m.handler!=='function')throw new Error('no handler');console.log(performance.now()-t)`;
  return Number(
    execFileSync(process.execPath, ['--input-type=module', '-e', script], { env: { ...process.env, ...variables }, encoding: 'utf8' }),
  );
};

const measure = async (name: FunctionName): Promise<Bundle> => {
  const folder = mkdtempSync(join(tmpdir(), `gatehouse-${name}-`));
  try {
    const { outputs } = await bundleFunction(name, folder);
    const bytesOf = (paths: readonly string[]): Buffer[] => paths.map((path) => readFileSync(join(folder, basename(path))));
    const start = bytesOf(loadedAtStart({ outputs }));
    const all = Object.entries(outputs).filter(([path]) => path.endsWith('.mjs'));
    return {
      name,
      startBytes: start.reduce((sum, { length }) => sum + length, 0),
      startGzip: start.reduce((sum, bytes) => sum + gzipSync(bytes).length, 0),
      allBytes: all.reduce((sum, [, { bytes }]) => sum + bytes, 0),
      ms: Math.min(...Array.from({ length: runs }, () => timed(join(folder, 'index.mjs')))),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const row = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |\n`;
export const pageOf = (bundles: readonly Bundle[]): string =>
  `<!-- written by \`npm run bundles\`; do not edit -->
# Bundles

What each function loads before its first call, and all code it carries. The AWS SDK is in it (docs/adr/0020). Milliseconds are the fastest of ${runs} imports on the machine that wrote this page: a
ratio, not a cold start. The API holds ${apiLimit.toLocaleString('en-US')} bytes at the start.

` +
  row(['function', 'bytes at start', 'of them gzip', 'bytes in all', 'import ms']) +
  row(['---', '---:', '---:', '---:', '---:']) +
  bundles.map(({ name, startBytes, startGzip, allBytes, ms }) => row([name, startBytes, startGzip, allBytes, ms.toFixed(0)])).join('');

/** Whether a page says the same bytes, within 2 %. */
export const isCurrent = (text: string, bundles: readonly Bundle[]): boolean =>
  bundles.every(({ name, startBytes, allBytes }) => {
    const [, start, , all] = text.match(new RegExp(`^\\| ${name} \\| (\\d+) \\| (\\d+) \\| (\\d+) \\|`, 'm')) ?? [];
    const near = (said: string | undefined, is: number): boolean => Math.abs(Number(said) - is) <= 0.02 * is;
    return near(start, startBytes) && near(all, allBytes);
  });

if (import.meta.main) {
  const bundles: Bundle[] = [];
  for (const name of functionNames) bundles.push(await measure(name));
  const api = bundles.find(({ name }) => name === 'api')?.startBytes ?? 0;
  if (api > apiLimit) {
    console.error(`The API loads ${api} bytes at its start; ${apiLimit} are allowed. Load what is rarely needed when it is needed.`);
    process.exitCode = 1;
  }
  if (!process.argv.includes('--check')) writeFileSync(page, pageOf(bundles));
  else if (!isCurrent(readFileSync(page, 'utf8'), bundles)) {
    console.error('docs/generated/bundles.md is out of date; run npm run bundles.');
    process.exitCode = 1;
  }
}

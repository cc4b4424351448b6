// Bundles one function: `node lib/infra/bundle.ts NAME FOLDER`. A process of its own, because the construct library waits for nobody. Does not load that library.
import { execFile } from 'node:child_process';
import { cp, mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build, type Metafile, type Plugin } from 'esbuild';
import type { FunctionName } from './sizes.ts';

export const repository = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Code that was written for CommonJS asks for `require`, which ES modules do not have. This stands in every chunk, so it costs nothing until somebody asks. The name is long because the bundler does not see
 * this line and could choose a short one again.
 */
const banner =
  "let gatehouseRequire;const require=name=>(gatehouseRequire??=process.getBuiltinModule('node:module').createRequire(import.meta.url))(name);";

/** Files that are read at run time, so the bundler does not see them: the fonts of the PDF, from the packages that bring them. */
const packageFiles: Readonly<Partial<Record<FunctionName, readonly string[]>>> = {
  scan: [
    'dejavu-fonts-ttf/package.json',
    'dejavu-fonts-ttf/ttf/DejaVuSansCondensed.ttf',
    'dejavu-fonts-ttf/ttf/DejaVuSansCondensed-Bold.ttf',
    'dejavu-fonts-ttf/ttf/DejaVuSansMono.ttf',
    '@fontsource/unifontex/package.json',
    '@fontsource/unifontex/files/unifontex-latin-400-normal.woff',
  ],
};

/** Functions that compute rules of users: in a thread, whose body lies beside their bundle (lib/adapters/aws/deployed/rules.ts). */
const ruleFunctions: readonly FunctionName[] = ['api', 'scan'];

/** `{ z }` is one object to the bundler and comes whole, with the words of fifty languages; of `* as z` it takes what is used. */
const takeWhatIsUsedOfZod: Plugin = {
  name: 'take-what-is-used-of-zod',
  setup: ({ onLoad }) => {
    onLoad({ filter: /[\\/](lib|lambdas)[\\/].*[.]ts$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      return { loader: 'ts', contents: text.replace(/^import \{ z \} from 'zod';$/m, "import * as z from 'zod';") };
    });
  },
};

/**
 * An ES module that imports `node:http` is given every name of it, and reading some of them (`WebSocket`) loads a whole second HTTP client, about a tenth of the start of the API. `require` reads what
 * is asked for.
 */
const requireHttp: Plugin = {
  name: 'require-http',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^(node:)?http$/ }, ({ kind }) =>
      kind === 'require-call' ? { path: 'node:http', external: true } : { path: 'http', namespace: 'required' },
    );
    onLoad({ filter: /^http$/, namespace: 'required' }, () => ({ contents: "module.exports = require('node:http');" }));
  },
};

/** Bundles a function into a folder: `index.mjs`, the chunks that it loads when they are needed, source maps, and files of packages. The AWS SDK is part of it (docs/adr/0020). */
export const bundleFunction = async (name: FunctionName, to: string): Promise<Metafile> => {
  const { metafile } = await build({
    absWorkingDir: repository,
    entryPoints: {
      index: `lambdas/${name}.ts`,
      ...(ruleFunctions.includes(name) ? { 'rule-thread': 'lib/adapters/rules/rule-thread.ts' } : {}),
    },
    outdir: to,
    outExtension: { '.js': '.mjs' },
    chunkNames: 'chunk-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    minify: true,
    keepNames: true,
    sourcemap: true,
    // the map names lines; the lines themselves are in the repository
    sourcesContent: false,
    banner: { js: banner },
    plugins: [takeWhatIsUsedOfZod, requireHttp],
    external: ['esbuild'],
    metafile: true,
    logLevel: 'warning',
  });
  // the program of the internal vantage is bundled by who knows it, in a process of its own: there is no bundler where the function runs
  if (name === 'scan')
    await promisify(execFile)(process.execPath, ['lib/adapters/probing/pod-program.ts', join(to, 'probe-pod.mjs')], { cwd: repository });
  for (const file of packageFiles[name] ?? []) {
    const target = join(to, 'node_modules', file);
    await mkdir(dirname(target), { recursive: true });
    await cp(join(repository, 'node_modules', file), target);
  }
  return metafile;
};

if (import.meta.main) {
  const [name, to] = process.argv.slice(2);
  if (!name || !to) throw new Error('say which function, and into which folder');
  await bundleFunction(name as FunctionName, to);
}

// Names the version of the layer analyser by the code that it is made of, in lib/sbom/engine/analyser-version.generated.ts: other code reads layers again. With --check it only says whether the name is current (exit status 1).
import { createHash } from 'node:crypto';
import { globSync, readFileSync, writeFileSync } from 'node:fs';

const root = new URL('../', import.meta.url);
const file = new URL('lib/sbom/engine/analyser-version.generated.ts', root);

/** Everything that decides what an analysis holds; tests do not. */
export const sources = (): string[] =>
  globSync(['lib/sbom/**/*.ts', 'lib/core/sbom/*.ts'], { cwd: root, exclude: ['**/*.test.ts', '**/*.generated.ts'] }).sort();

export const analyserModule = (): string => {
  const hash = createHash('sha256');
  for (const path of sources()) hash.update(`${path}\n${readFileSync(new URL(path, root), 'utf8')}\n`);
  return `// Written by tools/analyser.ts. Do not edit.\n/** Analyses of another version are made anew. */\nexport const analyserVersion = '${hash.digest('hex').slice(0, 16)}';\n`;
};

const current = (): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
};

if (import.meta.main) {
  const wanted = analyserModule();
  if (!process.argv.includes('--check')) writeFileSync(file, wanted);
  else if (current() !== wanted) {
    console.error('The layer analyser changed: run node tools/analyser.ts, or old analyses would be taken for new ones.');
    process.exitCode = 1;
  }
}

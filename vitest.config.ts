import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/** Where CI collects numbers; a person sees the default report only. */
const folder = process.env.GATEHOUSE_TEST_REPORTS;

export default defineConfig({
  test: {
    include: ['{bin,lib,lambdas,tools}/**/*.test.ts', 'test/{architecture,contracts,stories,support}/**/*.test.ts'],
    // no test is about time; a busy machine must not fail one
    testTimeout: 30_000,
    hookTimeout: 30_000,
    reporters: folder ? ['dot', 'json'] : ['default'],
    ...(folder ? { outputFile: { json: join(folder, 'unit.json') } } : {}),
    coverage: {
      provider: 'v8',
      include: ['lib/{core,checks,sbom,vulnerabilities,frameworks,reports,gate,evaluations,pipelines,fleet}/**/*.ts'],
      exclude: ['**/*.test.ts', '**/*.cases.ts'],
    },
  },
});

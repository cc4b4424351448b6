import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/** Where CI collects numbers; a person sees the default report only. */
const folder = process.env.GATEHOUSE_TEST_REPORTS;

export default defineConfig({
  test: {
    include: ['{bin,lib,lambdas,tools}/**/*.test.ts', 'test/{architecture,contracts,stories,support}/**/*.test.ts'],
    reporters: folder ? ['dot', 'json'] : ['default'],
    ...(folder ? { outputFile: { json: join(folder, 'unit.json') } } : {}),
    coverage: {
      provider: 'v8',
      include: ['lib/{core,checks,frameworks,reports,gate,fleet}/**/*.ts'],
      exclude: ['**/*.test.ts', '**/*.cases.ts'],
    },
  },
});

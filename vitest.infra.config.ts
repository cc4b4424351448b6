import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/** Where CI collects numbers; a person sees the default report only. */
const folder = process.env.GATEHOUSE_TEST_REPORTS;

/** What the stacks promise, read from their templates; needs no account and no network. */
export default defineConfig({
  test: {
    include: ['test/infra/**/*.test.ts'],
    // the first synthesis of a run loads the whole construct library
    testTimeout: 30_000,
    hookTimeout: 120_000,
    reporters: folder ? ['dot', 'json'] : ['default'],
    ...(folder ? { outputFile: { json: join(folder, 'infra.json') } } : {}),
  },
});

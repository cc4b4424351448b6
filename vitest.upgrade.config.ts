import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

const folder = process.env.GATEHOUSE_TEST_REPORTS;

/** One whole upgrade of the cluster `plain` of the bed; `npm run test:cluster` calls this last, because the cluster is another one afterwards. */
export default defineConfig({
  test: {
    include: ['test/upgrade/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 900_000,
    reporters: folder ? ['verbose', 'json'] : ['verbose'],
    ...(folder ? { outputFile: { json: join(folder, 'upgrade.json') } } : {}),
  },
});

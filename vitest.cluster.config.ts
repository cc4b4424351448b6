import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

const folder = process.env.GATEHOUSE_TEST_REPORTS;
const version = process.env.GATEHOUSE_BED_VERSION ?? 'v1.36.3';

/** Tests on real clusters; `npm run test:cluster` starts the bed and calls this once per Kubernetes version. */
export default defineConfig({
  test: {
    include: ['test/cluster/**/*.test.ts'],
    fileParallelism: false,
    sequence: { concurrent: false },
    testTimeout: 300_000,
    hookTimeout: 600_000,
    reporters: folder ? ['verbose', 'json'] : ['verbose'],
    ...(folder ? { outputFile: { json: join(folder, `cluster-${version}.json`) } } : {}),
  },
});

import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

const folder = process.env.GATEHOUSE_TEST_REPORTS;

/** Images in a real registry; `npm run test:images` fetches it and sets GATEHOUSE_TEST_REGISTRY. */
export default defineConfig({
  test: {
    include: ['test/images/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    reporters: folder ? ['verbose', 'json'] : ['default'],
    ...(folder ? { outputFile: { json: join(folder, 'images.json') } } : {}),
  },
});

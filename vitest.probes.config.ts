import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

const folder = process.env.GATEHOUSE_TEST_REPORTS;

/** The probes against real servers; `npm run test:probes` unpacks them and sets GATEHOUSE_TEST_SERVERS. */
export default defineConfig({
  test: {
    include: ['test/probes/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: folder ? ['verbose', 'json'] : ['default'],
    ...(folder ? { outputFile: { json: join(folder, 'probes.json') } } : {}),
  },
});

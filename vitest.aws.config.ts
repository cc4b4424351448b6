import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

const folder = process.env.GATEHOUSE_TEST_REPORTS;

/** The contracts of the AWS adapters against an emulator; `npm run test:aws` starts it and sets GATEHOUSE_AWS_ENDPOINT. */
export default defineConfig({
  test: {
    include: ['test/aws/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: folder ? ['verbose', 'json'] : ['default'],
    ...(folder ? { outputFile: { json: join(folder, 'aws.json') } } : {}),
  },
});

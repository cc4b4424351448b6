import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{bin,lib,lambdas,tools}/**/*.test.ts', 'test/{architecture,contracts,stories,docs}/**/*.test.ts'],
    coverage: {
      provider: 'v8',
      include: ['lib/{core,checks,frameworks,reports,gate,fleet}/**/*.ts'],
      exclude: ['**/*.test.ts', '**/*.cases.ts'],
    },
  },
});

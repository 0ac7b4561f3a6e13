import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: '.',
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    globalSetup: ['test/src/store/postgres/shared-postgres.ts'],
    // The machine has two cores and the suites start planning processes of their own.
    maxWorkers: 2,
    reporters: ['default', './.config/closing-line-reporter.ts'],
  },
});

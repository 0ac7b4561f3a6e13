import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('..', import.meta.url));

export default defineConfig({
  resolve: {
    // Processes and threads that the tests start run the build, as in production: through tsx each takes a second of a core to start.
    alias: [{ find: /^.*\/program-file\.ts$/, replacement: `${root}test/built-program-file.ts` }],
  },
  test: {
    root: '.',
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    globalSetup: ['.config/build-first.ts', 'test/src/store/postgres/shared-postgres.ts'],
    // The machine has two cores and the suites start planning processes of their own.
    maxWorkers: 2,
    // Modules are loaded once for all files of a worker, which saves a fifth of the time: what a test stubs is put back, and no
    // module has a state that a test changes.
    isolate: false,
    unstubEnvs: true,
    restoreMocks: true,
    reporters: ['default', './.config/closing-line-reporter.ts'],
  },
});

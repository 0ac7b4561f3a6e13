import { defineConfig } from 'vitest/config';

/** The tests that are run against every mutant of the certificate: by hand and without an engine, so in milliseconds. */
export default defineConfig({
  test: { root: '.', include: ['test/models/certificate.test.ts', 'test/models/certificate/*.test.ts'] },
});

/** The directions of the house: `src → models → zod`, nothing points back, adapters are named at the edge only. */
module.exports = {
  forbidden: [
    {
      name: 'models-are-pure',
      comment:
        'The mathematics knows no HTTP, store, engine, clock or file: models import models and zod only.',
      severity: 'error',
      from: { path: '^models/' },
      to: { pathNot: ['^models/', '^node_modules/zod/'] },
    },
    {
      name: 'certificate-stands-alone',
      comment:
        'The certificate must not repeat the mistakes of the builder or the normaliser: it shares types only.',
      severity: 'error',
      from: { path: '^models/certificate' },
      to: { pathNot: ['^models/certificate'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'engines-behind-the-port',
      comment: 'Adapters are named where a process is put together.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/engines/', '^src/planning-process\\.ts$'] },
      to: { path: '^src/engines/(?!engine\\.ts$)' },
    },
    {
      name: 'highs-in-its-adapter',
      severity: 'error',
      from: { pathNot: '^src/engines/highs[a-z-]*\\.ts$' },
      to: { path: '^node_modules/highs/' },
    },
    {
      name: 'javascript-lp-solver-in-its-adapter',
      severity: 'error',
      from: { pathNot: '^src/engines/javascript-lp-solver\\.ts$' },
      to: { path: '^node_modules/javascript-lp-solver/' },
    },
    {
      name: 'http-at-the-edge',
      comment: 'Nothing but the app knows HTTP.',
      severity: 'error',
      from: { path: '^(models|src)/', pathNot: ['^src/http/', '^src/(app|main|services)\\.ts$'] },
      to: { path: ['^src/http/', '^node_modules/express/'] },
    },
    {
      name: 'stores-behind-the-port',
      comment:
        'Which database there is, is said where the services are put together; the commands for its file know it too.',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: ['^src/store/', '^src/(services|command-line/(backup|restore))\\.ts$'],
      },
      to: { path: '^src/store/(?!(store|store-error|database-place)\\.ts$)' },
    },
    {
      name: 'databases-in-the-store',
      severity: 'error',
      from: { pathNot: ['^src/store/', '^src/jobs/postgres-signals\\.ts$'] },
      to: { path: '^node_modules/(kysely|libsql|pg)/' },
    },
    {
      name: 'logs-and-metrics-in-operations',
      comment: 'What may be logged and counted is said in one place.',
      severity: 'error',
      from: { pathNot: '^src/operations/' },
      to: { path: '^node_modules/(pino|prom-client)/' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, pathNot: '^src/(main|cli)\\.ts$' },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'default'] },
  },
};

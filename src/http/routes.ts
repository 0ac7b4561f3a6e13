import { createBackup } from './create-backup.ts';
import { cancelPlan } from './plans/cancel-plan.ts';
import { comparePlans } from './plans/compare-plans.ts';
import { planEvents } from './plans/plan-events.ts';
import { readModel } from './plans/read-model.ts';
import { readAllocation, readAnswer, readCertificate, readSensitivity } from './plans/read-parts.ts';
import { listPlans, readPlan } from './plans/read-plan.ts';
import { replayPlan } from './plans/replay-plan.ts';
import { submitPlan } from './plans/submit-plan.ts';
import { exportModel } from './planning/export-model.ts';
import { explain } from './planning/explain.ts';
import { invoices } from './planning/invoices.ts';
import { repairs } from './planning/repairs.ts';
import { sensitivityTable } from './planning/sensitivity-table.ts';
import { solve } from './planning/solve.ts';
import { readMetrics } from './read-metrics.ts';
import type { Route } from './route.ts';
import { deleteScenario, patchScenario, replaceScenario } from './scenarios/change-scenario.ts';
import { copyScenario } from './scenarios/copy-scenario.ts';
import { createScenario } from './scenarios/create-scenario.ts';
import { exportCapacity, exportDemand } from './scenarios/export-table.ts';
import { importCapacity, importDemand } from './scenarios/import-table.ts';
import { labelRevision } from './scenarios/label-revision.ts';
import { readDifferences } from './scenarios/read-differences.ts';
import { listScenarios } from './scenarios/list-scenarios.ts';
import { listRevisions, readRevision, readScenario } from './scenarios/read-scenario.ts';
import { health, liveness, readiness } from './service-state.ts';

/** The API: what is served, and what its description lists, in this order. */
export const routes: readonly Route[] = [
  solve,
  explain,
  repairs,
  exportModel,
  sensitivityTable,
  invoices,
  createScenario,
  listScenarios,
  readScenario,
  replaceScenario,
  patchScenario,
  deleteScenario,
  importCapacity,
  exportCapacity,
  importDemand,
  exportDemand,
  listRevisions,
  readRevision,
  labelRevision,
  copyScenario,
  readDifferences,
  submitPlan,
  listPlans,
  readPlan,
  planEvents,
  cancelPlan,
  replayPlan,
  readAnswer,
  readAllocation,
  readSensitivity,
  readCertificate,
  readModel,
  comparePlans,
  createBackup,
  health,
  liveness,
  readiness,
  readMetrics,
];

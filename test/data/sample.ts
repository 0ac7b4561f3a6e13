import { readFileSync } from 'node:fs';
import { checkScenario } from '../../models/scenario/check-scenario.ts';
import type { Scenario } from '../../models/scenario/schema.ts';
import { verifyAnswer } from '../../models/certificate.ts';
import type { Plan } from '../../models/plan.ts';
import type { Engine } from '../../src/engines/engine.ts';
import { withDefaults } from '../../src/planning/solve-options.ts';
import { solveScenario } from '../../src/planning/solve-scenario.ts';
import { readCapacityCsv, readDemandCsv } from '../../src/scenarios/csv-tables.ts';

/** The bytes of a file of a sample. */
export function bytesOf(sample: string, file: string): Buffer {
  return readFileSync(new URL(`../../data/${sample}/${file}`, import.meta.url));
}

export function scenarioOf(sample: string): Scenario {
  const { scenario, faults } = checkScenario(JSON.parse(bytesOf(sample, 'scenario.json').toString()));
  if (faults) throw new Error(faults.map(({ message }) => message).join(' '));
  return scenario;
}

/** The content of `expected.json`; each sample has facts of its own beside the answers. */
export function expectedOf(sample: string): Expected {
  return JSON.parse(bytesOf(sample, 'expected.json').toString()) as Expected;
}

export interface Expected {
  readonly answers: readonly ExpectedAnswer[];
}

interface ExpectedAnswer {
  readonly capacity: string;
  readonly status: Plan['status'];
  readonly totalCost?: number;
  readonly payroll?: number;
  readonly shortfallIn?: readonly string[];
  readonly confirmedBy: readonly { readonly totalCost?: number; readonly status?: string }[];
}

/** Solves with prices; throws unless the whole answer can be proven again from the scenario. */
export function solveAndVerify(scenario: Scenario, engine: Engine): Plan {
  const plan = solve(scenario, engine, 'classic');
  const wrong = verifyAnswer(scenario, plan);
  if (wrong.length > 0) throw new Error(wrong.join('; '));
  return plan;
}

export function solve(scenario: Scenario, engine: Engine, sensitivity: 'classic' | 'none'): Plan {
  // To the last digit, so that what is expected does not hang on which of two nearly best plans is found.
  const options = withDefaults({ timeLimitSeconds: 60, sensitivity, mipGap: 0 });
  const { plan, faults } = solveScenario(scenario, options, engine, () => undefined);
  if (faults) throw new Error(faults.map(({ message }) => message).join(' '));
  return plan;
}

/** The limits with prices and ranges; throws where the plan has none. */
export function constraintsOf({ sensitivity }: Plan) {
  if (sensitivity === undefined || 'unavailable' in sensitivity) throw new Error('The plan has no prices.');
  return sensitivity.constraints;
}

type CapacityTable = { team: string; entry: object }[];
type DemandTable = { workflow: string; entry: object }[];

export function capacityTableOf({ teams }: Scenario): CapacityTable {
  return teams.flatMap(({ id, capacity }) => capacity.map((entry) => ({ team: id, entry })));
}

export function demandTableOf({ workflows }: Scenario): DemandTable {
  return workflows.flatMap(({ id, demand }) => demand.map((entry) => ({ workflow: id, entry })));
}

/** The capacity table of a CSV file, whose ids the scenario must know. */
export function readCapacity(sample: string, file: string, scenario: Scenario) {
  const hasPeople = scenario.teams.some(({ headcount }) => headcount !== undefined);
  const source = { fileName: file, knownIds: idsOf(scenario, scenario.teams), hasPeople };
  const { rows, faults } = readCapacityCsv(bytesOf(sample, file), source);
  if (faults.length > 0) throw new Error(JSON.stringify(faults));
  return [...rows].map(({ id, entry }) => ({ team: id, entry }));
}

/** The demand table of a CSV file, whose ids the scenario must know. */
export function readDemand(sample: string, file: string, scenario: Scenario) {
  const source = { fileName: file, knownIds: idsOf(scenario, scenario.workflows) };
  const { rows, faults } = readDemandCsv(bytesOf(sample, file), source);
  if (faults.length > 0) throw new Error(JSON.stringify(faults));
  return [...rows].map(({ id, entry }) => ({ workflow: id, entry }));
}

function idsOf({ periods }: Scenario, entities: readonly { id: string }[]) {
  return { first: new Set(entities.map(({ id }) => id)), periods: new Set(periods.map(({ id }) => id)) };
}

/** The scenario with the capacity table of a CSV file in place of its own. */
export function withCapacityOf(sample: string, file: string, scenario: Scenario): Scenario {
  const rows = readCapacity(sample, file, scenario);
  const capacityOf = (id: string) => rows.flatMap(({ team, entry }) => (team === id ? [entry] : []));
  return { ...scenario, teams: scenario.teams.map((team) => ({ ...team, capacity: capacityOf(team.id) })) };
}

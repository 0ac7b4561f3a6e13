import { unusedChoices } from '../../models/choices.ts';
import type { Explanation } from '../../models/explanation.ts';
import { placementExplanations } from '../../models/explanation/placement-explanations.ts';
import {
  lineMaker,
  type PricedLine,
  selectedColumns,
  type Selection,
} from '../../models/explanation/placement-lines.ts';
import { rateUnitsOf } from '../../models/explanation/rate-units.ts';
import type { Fault } from '../../models/fault.ts';
import type { Plan, PricedReport } from '../../models/plan.ts';
import type { PlanningData } from '../../models/planning-data.ts';
import type { Scenario } from '../../models/scenario/schema.ts';
import type { Engine } from '../engines/engine.ts';
import { type Allowance, allowance } from './allowance.ts';
import type { ProvenProgram, Solving, Stage } from './certified-plan.ts';
import { breakEvenSheets } from './break-even-sheets.ts';
import { confirmBreakEvens } from './confirmed-break-evens.ts';
import { worthOfEvidence } from './evidence-worth.ts';
import { type About, type Asked, selectionOf } from './explain-options.ts';
import { guardedEngine } from './guarded-engine.ts';
import { type PlanAgain, planAgain } from './solve-again.ts';
import { type SolveOptions, withDefaults } from './solve-options.ts';
import { formulated, provenPlan } from './solve-scenario.ts';
import { WhatIf } from './what-if.ts';

export type ExplainOutcome =
  | {
      readonly explanation: Explanation;
      /** The engine threw over what the answer can do without: it must not be used again. */
      readonly isEngineSpent: boolean;
      readonly faults?: undefined;
      readonly aboutFaults?: undefined;
    }
  | {
      readonly explanation?: undefined;
      /** With pointers into the scenario. */
      readonly faults: readonly Fault[];
      /** With pointers into what is asked about. */
      readonly aboutFaults: readonly Fault[];
    };

/** Of the time that is left once there is a plan, so much goes into solving again; the rest is for writing. */
const SHARE_OF_TIME = 0.75;

/** What else takes time grows as making the lines of placements does: grouping and writing them, and formulating all evidence. */
const WRITING_IN_LINES = 8;
const PRICING_IN_LINES = 12;

/** Of what is left of that time, what each part may use; what it leaves is the next ones'. */
const SHARE_OF_WORTH = 0.4;
const SHARE_OF_SHEETS = 0.5;

/**
 * From a valid scenario to the reasons of its plan: solve and certify it, take every placement's cost apart, and find the
 * break-evens by solving again, as far as the time goes. Without an optimal plan there are no reasons.
 */
export function explainScenario(
  scenario: Scenario,
  about: About,
  options: Pick<SolveOptions, 'timeLimitSeconds' | 'mipGap'>,
  engine: Engine,
  announce: (stage: Stage) => void,
): ExplainOutcome {
  const end = performance.now() + options.timeLimitSeconds * 1000;
  const asked = { ...withDefaults(options), sensitivity: 'classic' as const };
  const { solving, warnings, faults } = formulated(scenario, asked, engine, announce);
  if (faults) return { faults, aboutFaults: [] };
  const { asked: askedAbout, faults: aboutFaults } = selectionOf(about, solving.data);
  if (aboutFaults) return { faults: [], aboutFaults };
  let proven: ProvenProgram | undefined;
  const plan = provenPlan({ ...solving, takeOver: (taken) => (proven = taken) });
  // Nothing that is found by solving again is worth losing the reasons for.
  const guarded = guardedEngine(engine);
  const explained = reasonsOf(plan, proven, { ...solving, engine: guarded.engine }, askedAbout, {
    secondsLeft: () => (end - performance.now()) / 1000,
    secondsOfPlan: options.timeLimitSeconds - (end - performance.now()) / 1000,
  });
  const { status, reason, totalCost, currency } = plan;
  return {
    explanation: {
      status,
      ...(reason && { reason }),
      ...(totalCost !== undefined && { totalCost }),
      ...(currency !== undefined && { currency }),
      ...explained,
      ...(warnings.length > 0 && { warnings: [...warnings] }),
    },
    isEngineSpent: guarded.isSpent(),
  };
}

function reasonsOf(
  plan: Plan,
  proven: ProvenProgram | undefined,
  solving: Solving,
  { isAbout, isTeamAbout }: Asked,
  { secondsLeft, secondsOfPlan }: Clock,
): Omit<Explanation, 'status'> {
  const { status, sensitivity } = plan;
  if (status === 'feasible')
    return {
      unavailable:
        'The time ended before the plan was known to be the best. Allow more with timeLimitSeconds.',
    };
  if (sensitivity === undefined) return {};
  if ('unavailable' in sensitivity) return { unavailable: sensitivity.unavailable };
  if (proven === undefined) return {};
  solving.announce('explain');
  const atFirst = secondsLeft();
  const parts = partsOf(solving, proven);
  const made = linesOf(solving, proven, sensitivity, isAbout);
  const secondsOfLines = atFirst - secondsLeft();
  const share = timeKeeper(secondsLeft, WRITING_IN_LINES * secondsOfLines);
  const evidence = worthOfEvidence(
    solving,
    plan,
    proven.priced,
    isAbout,
    allowance(share(SHARE_OF_WORTH), secondsOfPlan),
    PRICING_IN_LINES * secondsOfLines,
  );
  const { engine, data } = solving;
  const whatIf = new WhatIf(engine, proven.again);
  const again = (time: Allowance): PlanAgain => planAgain(engine, data, proven.again, whatIf, time);
  const timeOfSheets = allowance(share(SHARE_OF_SHEETS));
  const negotiation = { ...parts, totalCost: plan.totalCost!, again: again(timeOfSheets) };
  const { sheets, notDone } = breakEvenSheets(negotiation, isTeamAbout);
  const timeOfBreakEvens = allowance(share(1));
  const { lines, ...breakEvens } = confirmBreakEvens(made.lines, {
    ...parts,
    ...made,
    solved: proven.priced,
    again: again(timeOfBreakEvens),
    isTimeUp: () => !timeOfBreakEvens.isEnough(),
  });
  whatIf.end();
  return {
    basis: sensitivity.basis,
    placements: placementExplanations(data, lines, isAbout),
    breakEvensConfirmed: breakEvens.confirmed,
    ...(breakEvens.notDone > 0 && { breakEvensNotDone: breakEvens.notDone }),
    worth: [...evidence.worth],
    ...(evidence.notDone > 0 && { worthNotDone: evidence.notDone }),
    ...(sheets.length > 0 && { breakEvenSheets: [...sheets] }),
    ...(notDone > 0 && { breakEvenSheetTeamsNotDone: notDone }),
  };
}

/** The time of an explanation. */
interface Clock {
  /** Below 0 once it is over. */
  readonly secondsLeft: () => number;
  /** What solving the scenario itself took. */
  readonly secondsOfPlan: number;
}

/** What the parts of an explanation share. */
interface Parts {
  readonly data: PlanningData;
  readonly rateUnits: Float64Array;
  /** The position of a placement in the program that is solved again. */
  readonly positionOf: (column: number) => number;
  /** The placements of a team that no choice keeps out. */
  readonly openColumns: (team: number) => readonly number[];
}

function partsOf({ scenario, data }: Solving, { priced, again }: ProvenProgram): Parts {
  const positions = again.openColumns && positionsIn(again.openColumns);
  const byTeam = data.teams.map((): number[] => []);
  for (let j = 0; j < data.placements.count; j += 1)
    if (priced.isClosed?.[j] !== 1) byTeam[data.placements.team[j]].push(j);
  return {
    data,
    rateUnits: rateUnitsOf(scenario, data),
    positionOf: (column) => positions?.get(column) ?? column,
    openColumns: (team) => byTeam[team],
  };
}

/** Lines of all placements that are asked about, and what makes them. */
function linesOf(
  { data, program }: Solving,
  { priced }: ProvenProgram,
  report: PricedReport,
  isAbout: Selection,
): { columns: number[]; makeLine: ReturnType<typeof lineMaker>; lines: PricedLine[] } {
  const makeLine = lineMaker(priced, report.placements, unusedChoices(data, program, priced.columnValue));
  const columns = selectedColumns(data, isAbout);
  return { columns, makeLine, lines: columns.map((column) => makeLine(column)) };
}

/**
 * Shares out what time there is for solving again: a share of what is left of it, from when it is asked for. At least
 * `leastKept` seconds are kept for writing.
 */
function timeKeeper(secondsLeft: () => number, leastKept: number): (share: number) => () => number {
  const secondsKept = Math.max(leastKept, (1 - SHARE_OF_TIME) * secondsLeft());
  return (share) => {
    const rest = (1 - share) * (secondsLeft() - secondsKept) + secondsKept;
    return () => secondsLeft() - rest;
  };
}

function positionsIn(columns: Int32Array): Map<number, number> {
  return new Map(Array.from(columns, (column, position) => [column, position]));
}

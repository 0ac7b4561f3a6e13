import { buildAllocationModel } from '../allocation-model.ts';
import { families, familyNamed } from '../constraints/index.ts';
import { mostHoursMore } from './more-team-hours.ts';
import { type LinearProgram, type RowKey, senseOfRow, type Subject, textOfLimit } from '../linear-program.ts';
import type { PlanningData } from '../planning-data.ts';
import type { Relaxation, RepairKind } from '../relaxation.ts';
import { normaliseScenario } from '../scenario/normalise-scenario.ts';
import type { Scenario } from '../scenario/schema.ts';
import { withRoomToWait } from './roomy-scenario.ts';

/**
 * The program with limits that may give way: `A x − relief ≤ limit`, `relief ≤ most`, and the sum of all reliefs as a row.
 *
 * The columns come first and are those of the program, then one for every relief. `forLeastAmount`, `forFeasibility` and
 * `forLeastCost` say which reliefs are on offer and what is minimised; the entries stay the same.
 *
 * Rows that tie hours to yes/no choices are as tight as capacities allow. Where capacities may give way, they are as tight as
 * demand allows instead.
 */
export interface ElasticProgram {
  readonly program: LinearProgram;
  readonly reliefs: readonly Relief[];
  /** The row `Σ weight · relief`, in hours or what comes near them. */
  readonly sumRow: number;
}

/** How far one limit of the user's may give way. */
export interface Relief {
  readonly kind: RepairKind;
  readonly family: string;
  readonly limit: Subject;
  readonly owner: Subject;
  /** In the unit of the kind. */
  readonly most: number;
  /** What one unit counts for in the sum of all reliefs: about the workload hours it moves. */
  readonly weight: number;
  readonly column: number;
  readonly capRow: number;
}

/** Which limits may give way at all. */
export interface MayGiveWay {
  readonly kind: (kind: RepairKind) => boolean;
  readonly limit: (family: string, limit: Subject) => boolean;
}

/** The elastic program of a scenario without faults; `data` is the scenario's. */
export function elasticProgram(scenario: Scenario, data: PlanningData, may: MayGiveWay): ElasticProgram {
  const roomy = may.kind('more-backlog') ? normaliseScenario(withRoomToWait(scenario)).data : undefined;
  return elasticOf(data, roomy ?? data, may);
}

/** `roomy` is the same data, but with room for all work to wait where that may give way. */
function elasticOf(data: PlanningData, roomy: PlanningData, may: MayGiveWay): ElasticProgram {
  const built = may.kind('more-team-hours') ? withRoomyTeams(roomy) : roomy;
  const program = withTrueLimits(data, buildAllocationModel(built));
  const limits = new Map<string, Limit>();
  program.rows.forEach((key, row) => {
    const relaxation = relaxationOf(key);
    const limit = relaxation?.limitOf(key);
    if (!relaxation || !limit || !may.kind(relaxation.kind)) return;
    const text = textOfLimit({ family: key.family, subject: limit });
    const known = limits.get(text);
    if (known) known.rows.push(row);
    else limits.set(text, { family: key.family, relaxation, limit, rows: [row] });
  });
  const giving = [...limits.values()].flatMap((each) => {
    const most = may.limit(each.family, each.limit) ? each.relaxation.most(roomy, each.limit) : 0;
    return most > 0 ? [{ ...each, most }] : [];
  });
  return elasticFrom(roomy, program, giving);
}

interface Limit {
  readonly family: string;
  readonly relaxation: Relaxation;
  readonly limit: Subject;
  readonly rows: number[];
}

function relaxationOf({ family, isDefinition }: RowKey): Relaxation | undefined {
  return isDefinition ? undefined : familyNamed(family).relaxation;
}

/** The same data with teams that have room for all work that could ever be theirs. */
function withRoomyTeams(data: PlanningData): PlanningData {
  return {
    ...data,
    teams: data.teams.map((team) => ({
      ...team,
      capacity: team.capacity.map((entry, t) => {
        if (entry === undefined || entry.hours === Infinity) return entry;
        const more = mostHoursMore(data, { team: team.id, period: data.periods[t].id });
        return { ...entry, hours: entry.hours + more };
      }),
    })),
  };
}

function elasticFrom(
  data: PlanningData,
  program: LinearProgram,
  giving: readonly (Limit & { readonly most: number })[],
): ElasticProgram {
  const [columnCount, rowCount] = [program.columns.length, program.rows.length];
  const weights = weightsOfKinds(data);
  const reliefs = giving.map(({ family, relaxation, limit, most }, i): Relief => ({
    kind: relaxation.kind,
    family,
    limit,
    owner: relaxation.ownerOf(limit),
    most,
    weight: weights[relaxation.kind],
    column: columnCount + i,
    capRow: rowCount + i,
  }));
  const added: Entry[][] = program.rows.map(() => []);
  const cost = [...program.cost];
  giving.forEach(({ relaxation, limit, rows }, i) => {
    const column = columnCount + i;
    for (const row of rows) {
      const perUnit = relaxation.perUnit?.(data, program.rows[row]) ?? 1;
      added[row].push([column, senseOfRow(program, row) === '<=' ? -perUnit : perUnit]);
    }
    const spending = relaxation.spending?.(data, limit);
    cost.push(spending?.perUnit ?? 0);
    if (spending === undefined) return;
    program.rows.forEach(({ family, subject: { period } }, row) => {
      if (family === 'budget' && (period === undefined || period === spending.period))
        added[row].push([column, spending.perUnit]);
    });
  });
  const sum: Entry[] = reliefs.map(({ column, weight }) => [column, weight]);
  return {
    program: withEntries(program, reliefs, cost, [
      ...added,
      ...reliefs.map(({ column }): Entry[] => [[column, 1]]),
      sum,
    ]),
    reliefs,
    sumRow: rowCount + reliefs.length,
  };
}

type Entry = readonly [column: number, coefficient: number];

/** Rows with the limits that hold, where the program was built with room for everything. */
function withTrueLimits(data: PlanningData, program: LinearProgram): LinearProgram {
  const rowUpper = program.rowUpper.slice();
  program.rows.forEach(({ family, subject: { team, period, workflow }, isGivenByPlan }, row) => {
    if (family === 'team-capacity' && !isGivenByPlan)
      rowUpper[row] = data.teams[data.positions.team(team!)].capacity[data.positions.period(period!)]!.hours;
    if (family === 'backlog-limit')
      rowUpper[row] = data.workflows[data.positions.workflow(workflow!)].backlog!.maxHours;
  });
  return { ...program, rowUpper };
}

/** The program with a column for every relief, entries added to its rows, and as many further rows as there are more entries. */
function withEntries(
  program: LinearProgram,
  reliefs: readonly Relief[],
  cost: readonly number[],
  entries: readonly (readonly Entry[])[],
): LinearProgram {
  const [rowStart, columnIndex, coefficient] = [[0], [] as number[], [] as number[]];
  entries.forEach((added, row) => {
    for (let i = program.rowStart[row]; row < program.rows.length && i < program.rowStart[row + 1]; i += 1) {
      columnIndex.push(program.columnIndex[i]);
      coefficient.push(program.coefficient[i]);
    }
    for (const [column, value] of added) {
      columnIndex.push(column);
      coefficient.push(value);
    }
    rowStart.push(columnIndex.length);
  });
  const further = entries.slice(program.rows.length);
  return {
    columns: [
      ...program.columns,
      ...reliefs.map(({ family, limit }) => ({ kind: 'relief', family, limit }) as const),
    ],
    rows: [
      ...program.rows,
      ...further.map(() => ({ family: 'relief', subject: {}, offset: 0, isDefinition: true }) as const),
    ],
    cost: Float64Array.from(cost),
    isBinary: Uint8Array.from([...program.isBinary, ...reliefs.map(() => 0)]),
    rowLower: Float64Array.from([...program.rowLower, ...further.map(() => -Infinity)]),
    rowUpper: Float64Array.from([...program.rowUpper, ...further.map(() => Infinity)]),
    rowStart: new Int32Array(rowStart),
    columnIndex: new Int32Array(columnIndex),
    coefficient: new Float64Array(coefficient),
  };
}

/**
 * What one unit of each kind counts for in a sum over several kinds: about the workload hours it moves. Within one kind it
 * makes no difference.
 */
function weightsOfKinds(data: PlanningData): Record<RepairKind, number> {
  const { count, workflow, period, costPerDemandHour } = data.placements;
  const hours = data.workflows.reduce(
    (all, { demand }) => all + demand.reduce((sum, entry) => sum + (entry?.hours ?? 0), 0),
    0,
  );
  const hoursAPeriod = Math.max(1, hours / data.periods.length);
  let money = 0;
  for (let j = 0; j < count; j += 1)
    money += costPerDemandHour[j] * (data.workflows[workflow[j]].demand[period[j]]?.hours ?? 0);
  const costPerHour = Math.max(1e-3, money / Math.max(1, hours * data.teams.length));
  const of = (unit: Relaxation['unit']) =>
    ({
      hours: 1,
      fte: meanHoursOfFte(data),
      share: hoursAPeriod,
      money: 1 / costPerHour,
      sites: hoursAPeriod,
    })[unit];
  return Object.fromEntries(
    families.flatMap((family) =>
      'relaxation' in family ? [[family.relaxation.kind, of(family.relaxation.unit)]] : [],
    ),
  ) as Record<RepairKind, number>;
}

function meanHoursOfFte({ teams }: PlanningData): number {
  const all = teams.flatMap(({ capacity }) => capacity.flatMap((entry) => entry?.fte?.productiveHours ?? []));
  return all.length === 0 ? 1 : all.reduce((sum, hours) => sum + hours, 0) / all.length;
}

/** The elastic program with some reliefs on offer, for the least amount of them. */
export function forLeastAmount(
  { program, reliefs }: ElasticProgram,
  offered: readonly Relief[],
): LinearProgram {
  const cost = new Float64Array(program.columns.length);
  for (const { column, weight } of reliefs) cost[column] = weight;
  return { ...program, cost, rowUpper: withCaps(program, reliefs, offered) };
}

/** The elastic program with some reliefs on offer, for any solution at all. */
export function forFeasibility(
  { program, reliefs }: ElasticProgram,
  offered: readonly Relief[],
): LinearProgram {
  const cost = new Float64Array(program.columns.length);
  return { ...program, cost, rowUpper: withCaps(program, reliefs, offered) };
}

/** The elastic program with some reliefs on offer, for the least cost with no more than an amount of them. */
export function forLeastCost(
  { program, reliefs, sumRow }: ElasticProgram,
  offered: readonly Relief[],
  amount: number,
): LinearProgram {
  return { ...program, rowUpper: withCaps(program, reliefs, offered).with(sumRow, amount) };
}

function withCaps(
  { rowUpper }: LinearProgram,
  reliefs: readonly Relief[],
  offered: readonly Relief[],
): Float64Array {
  const capped = rowUpper.slice();
  for (const { capRow } of reliefs) capped[capRow] = 0;
  for (const { capRow, most } of offered) capped[capRow] = most;
  return capped;
}

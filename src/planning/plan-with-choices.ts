import {
  closedChoices,
  holdChoices,
  openOf,
  rangesWithClosed,
  unusedChoices,
  withClosed,
  withoutChoices,
} from '../../models/choices.ts';
import { choicesOfPlanWithout } from '../../models/first-choices.ts';
import { costOf, isChoice, type LinearProgram, textOfKey } from '../../models/linear-program.ts';
import type { Plan } from '../../models/plan.ts';
import type { EngineOptions } from '../engines/engine.ts';
import { certifiedPlan, type Solving } from './certified-plan.ts';

/**
 * A first plan, found before any search: the program is solved without choices, the choices are read off, and what remains
 * with them held is solved. Undefined where that leaves nothing, or where the time is short.
 */
export function firstPlan({ data, program, engine, secondsLeft }: Solving): EngineOptions['start'] {
  const solve = (linear: LinearProgram) => {
    const answer = engine.solve(linear, { timeLimitSeconds: secondsLeft() / 2, ranges: false });
    return answer.status === 'optimal' ? answer.columnValue : undefined;
  };
  const relaxed = withoutChoices(program);
  const without = solve(relaxed);
  if (without === undefined) return undefined;
  const closed = choicesOfPlanWithout(data, program, without);
  const choices = holdChoices(data, program, closed);
  const held = solve(choices.solved);
  if (held === undefined) return undefined;
  const hours = withClosed(choices, held, 0);
  const columnValue = Float64Array.from(program.columns, (key, column) =>
    isChoice(key) ? Number(!closed.has(textOfKey(key))) : hours[column],
  );
  return { columnValue, bound: costOf(relaxed, without) };
}

/** So often are the choices held again, each time for less: a site can turn out to be opened for nothing, or a bill to be lower in the next bracket. */
const MAX_ROUNDS = 20;

/**
 * A plan from the choices the engine found: they are held, the linear program that remains is solved anew, and its
 * prices are those of the plan. What remains costs no more than what the engine found.
 */
export function planWithChoices(solving: Solving, columnValue: Float64Array, bound: number): Plan {
  const { data, program, options, engine, secondsLeft } = solving;
  const ranges = options.sensitivity !== 'none';
  let closed = closedChoices(program, columnValue);
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const choices = holdChoices(data, program, closed);
    const answer = engine.solve(choices.solved, { timeLimitSeconds: secondsLeft(), ranges });
    if (answer.status === 'time-limit') return planAsFound(solving, columnValue, bound);
    if (answer.status !== 'optimal') return { status: 'failed', reason: 'engine' };
    const all = withClosed(choices, answer.columnValue, 0);
    const unused = unusedChoices(data, program, all, closed);
    if (![...unused].every((choice) => closed.has(choice))) {
      closed = unused;
      continue;
    }
    return certifiedPlan(solving, {
      program: choices.program,
      columnValue: all,
      ...(answer.rowPrice && { rowPrice: answer.rowPrice }),
      ...(answer.ranges && { ranges: rangesWithClosed(choices, answer.ranges) }),
      held: { choices, bound },
    });
  }
  return { status: 'failed', reason: 'engine' };
}

/** The plan as the search left it, without prices: time ended before what remains of it was solved. */
function planAsFound({ data, program, ...rest }: Solving, columnValue: Float64Array, bound: number): Plan {
  const choices = holdChoices(data, program, closedChoices(program, columnValue));
  const all = withClosed(choices, openOf(choices, columnValue), 0);
  return certifiedPlan(
    { data, program, ...rest },
    {
      program: choices.program,
      columnValue: all,
      held: { choices, bound },
    },
  );
}

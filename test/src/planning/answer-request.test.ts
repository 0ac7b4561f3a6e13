import { beforeAll, describe, expect, it } from 'vitest';
import { type Plan, planSchema } from '../../../models/plan.ts';
import { loadHighsEngine } from '../../../src/engines/highs.ts';
import { javascriptLpSolverEngine } from '../../../src/engines/javascript-lp-solver.ts';
import { answerRequest } from '../../../src/planning/answer-request.ts';
import type { FaultReply } from '../../../src/planning/replies.ts';
import type { Engines } from '../../../src/planning/handling.ts';
import { smallScenario } from '../../models/small-scenario.ts';
import { fullBody } from '../http/full-body.ts';

let engines: Engines;

beforeAll(async () => {
  engines = { highs: await loadHighsEngine(), 'javascript-lp-solver': javascriptLpSolverEngine() };
});

/** One request with everything it told on its way. */
function answer(
  kind: string,
  parts: readonly unknown[],
  options: Record<string, never> | object = {},
  using = engines,
) {
  const told: (string | number)[] = [];
  const reply = answerRequest(
    { kind, parts: parts.map((part) => Buffer.from(JSON.stringify(part))), options: options as never },
    {
      // How far a search is, is told the more often the longer it takes.
      progress: (stage, search) => told.push(...(search ? [] : [stage])),
      deadline: (seconds) => told.push(seconds),
      letGoOfParts: () => undefined,
    },
    using,
  );
  const value: unknown = JSON.parse(Buffer.concat(reply.body).toString());
  return { outcome: reply.header.outcome, value, told };
}

const planOf = ({ value }: { value: unknown }): Plan => planSchema.parse(value);

describe('a solve', () => {
  it('tells its stages in order and asks to be killed at its time limit', () => {
    const { outcome, told } = answer('solve', [fullBody]);
    expect(outcome).toBe('answer');
    expect(told).toEqual(['read', 20, 'formulate', 'solve', 'certify', 'price', 'write']);
    expect(answer('solve', [{ scenario: smallScenario() }]).told).toContain(300);
  });

  it('prices nothing where no report is asked for', () => {
    const { told } = answer('solve', [{ ...fullBody, options: { sensitivity: 'none' } }]);
    expect(told).not.toContain('price');
  });

  it('of files is the same as of a body with the same scenario', () => {
    const ofBody = planOf(
      answer('solve', [{ scenario: fullBody.scenario, options: { sensitivity: 'none' } }]),
    );
    const ofFiles = planOf(answer('solve-files', [fullBody.scenario], { options: { sensitivity: 'none' } }));
    expect(ofFiles).toEqual(ofBody);
  });

  it('gives the same answer to the byte whatever the order of the lists', () => {
    const { scenario } = fullBody;
    const turned = {
      ...scenario,
      sites: [...scenario.sites].reverse(),
      teams: [...scenario.teams].reverse(),
    };
    const [sent, reversed] = [scenario, turned].map((each) => planOf(answer('solve', [{ scenario: each }])));
    expect(reversed.totalCost).toBe(sent.totalCost);
    expect(reversed.allocation).toEqual(sent.allocation);
    expect(reversed.sensitivity).toEqual(sent.sensitivity);
  });
});

describe('the engine of the options', () => {
  it('solves the scenario', () => {
    const byDefault = planOf(answer('solve', [{ scenario: smallScenario() }]));
    expect(byDefault.certificate?.engine).toMatch(/^highs /);
    const options = { engine: 'javascript-lp-solver' };
    const plan = planOf(answer('solve', [{ scenario: smallScenario(), options }]));
    expect(plan).toMatchObject({ status: 'optimal', totalCost: 500, certificate: { boundSource: 'engine' } });
    expect(plan.certificate?.engine).toMatch(/^javascript-lp-solver /);
    expect(planOf(answer('solve-files', [smallScenario()], { options }))).toEqual(plan);
  });

  it('is refused a program that is too large for it, as a fault of the option', () => {
    const second = engines['javascript-lp-solver'];
    const sizeLimit = { cells: 1, cellsWithChoices: 1, choices: 1 };
    const small = { ...second, capabilities: { ...second.capabilities, sizeLimit } };
    const using = { ...engines, 'javascript-lp-solver': small };
    const options = { engine: 'javascript-lp-solver' };
    const fault = {
      code: 'too-large-for-engine',
      message:
        'The program of the scenario has 2 rows times 1 columns, 2 cells; javascript-lp-solver takes at most 1. Solve it with the engine highs.',
    };
    const ofBody = answer('solve', [{ scenario: smallScenario(), options }], {}, using);
    expect(ofBody).toMatchObject({ outcome: 'faults' });
    expect(ofBody.value).toEqual({ faults: [{ pointer: '/options/engine', ...fault }] });
    const ofFiles = answer('solve-files', [smallScenario()], { options }, using);
    expect(ofFiles.value).toEqual({ faults: [{ option: 'engine', ...fault }] });
    expect(planOf(answer('solve', [{ scenario: smallScenario() }], {}, using)).status).toBe('optimal');
  });
});

describe('faults', () => {
  it('of a body point into the body, of a file into the file', () => {
    const { teams } = smallScenario();
    const unpaid = smallScenario({ teams: [{ ...teams[0], rate: { basis: 'paid-hour', amount: 1 } }] });
    const pointersOf = ({ outcome, value }: { outcome: string; value: unknown }) => {
      expect(outcome).toBe('faults');
      return (value as FaultReply).faults.map((fault) => ('pointer' in fault ? fault.pointer : fault));
    };
    expect(pointersOf(answer('solve', [{ scenario: unpaid }]))).toEqual(['/scenario/teams/0/capacity/0']);
    expect(pointersOf(answer('model', [{ scenario: unpaid, format: 'lp' }]))).toEqual([
      '/scenario/teams/0/capacity/0',
    ]);
    expect(pointersOf(answer('solve-files', [unpaid]))).toEqual(['/teams/0/capacity/0']);
  });
});

import { beforeAll, describe, expect, it } from 'vitest';
import { type Plan, planSchema } from '../../../models/plan.ts';
import type { Engine } from '../../../src/engines/engine.ts';
import { loadHighsEngine } from '../../../src/engines/highs.ts';
import { answerRequest, type FaultReply } from '../../../src/planning/answer-request.ts';
import { smallScenario } from '../../models/small-scenario.ts';
import { fullBody } from '../http/full-body.ts';

let engine: Engine;

beforeAll(async () => {
  engine = await loadHighsEngine();
});

/** One request with everything it told on its way. */
function answer(kind: string, parts: readonly unknown[], options: Record<string, never> | object = {}) {
  const told: (string | number)[] = [];
  const reply = answerRequest(
    { kind, parts: parts.map((part) => Buffer.from(JSON.stringify(part))), options: options as never },
    { progress: (stage) => told.push(stage), deadline: (seconds) => told.push(seconds) },
    engine,
  );
  const value: unknown = JSON.parse(Buffer.concat(reply.body).toString());
  return { outcome: reply.header.outcome, value, told };
}

const planOf = ({ value }: { value: unknown }): Plan => planSchema.parse(value);

describe('a solve', () => {
  it('tells its stages in order and asks to be killed at its time limit', () => {
    const { outcome, told } = answer('solve', [fullBody]);
    expect(outcome).toBe('answer');
    expect(told).toEqual(['read', 20, 'formulate', 'solve', 'certify', 'price']);
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
    const ofFiles = planOf(answer('solve-files', [fullBody.scenario], { solve: { sensitivity: 'none' } }));
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

describe('faults', () => {
  it('of a body point into the body, of a file into the file', () => {
    const { teams } = smallScenario();
    const unpaid = smallScenario({ teams: [{ ...teams[0], rate: { basis: 'paid-hour', amount: 1 } }] });
    const pointersOf = ({ outcome, value }: { outcome: string; value: unknown }) => {
      expect(outcome).toBe('faults');
      return (value as FaultReply).faults.map((fault) => ('pointer' in fault ? fault.pointer : fault.line));
    };
    expect(pointersOf(answer('solve', [{ scenario: unpaid }]))).toEqual(['/scenario/teams/0/capacity/0']);
    expect(pointersOf(answer('model', [{ scenario: unpaid, format: 'lp' }]))).toEqual([
      '/scenario/teams/0/capacity/0',
    ]);
    expect(pointersOf(answer('solve-files', [unpaid]))).toEqual(['/teams/0/capacity/0']);
  });
});

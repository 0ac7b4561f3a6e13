import { afterAll, describe, expect, it } from 'vitest';
import type { Plan } from '../../../models/plan.ts';
import { smallScenario, team, workflow } from '../../models/small-scenario.ts';
import { solve } from '../../models/solved-plan.ts';
import { newFolder, run } from './terminal-session.ts';

const folder = newFolder();

afterAll(() => {
  folder.remove();
});

const scenario = smallScenario({
  teams: [team('manila', 'luzon', 10, 30), team('austin', 'luzon', 20, 100)],
  workflows: [workflow('appeals', 50)],
});
const scenarioFile = folder.write('scenario.json', scenario);
const plan = solve(scenario);

const verify = (changed: unknown) => run('verify', scenarioFile, folder.write('plan.json', changed));

describe('verify', () => {
  it('proves a plan from the scenario and the plan alone', async () => {
    expect(await verify(plan)).toEqual({
      exit: 0,
      printed: 'Verified: optimal at 700 USD.\n',
      complained: '',
    });
  });

  it('says what is not proven but the word of the engine', async () => {
    const { duals: _, ...certificate } = plan.certificate!;
    const { sensitivity: _report, ...numbers } = plan;
    const { exit, printed } = await verify({
      ...numbers,
      certificate: { ...certificate, boundSource: 'engine' },
    });
    expect(exit).toBe(0);
    expect(printed).toMatch(
      /^Verified: optimal at 700 USD\.\nNot proven: that no plan is cheaper is the word of highs .+ alone\.\n$/,
    );
  });

  it('proves that there is no plan', async () => {
    const impossible = smallScenario({ teams: [team('manila', 'luzon', 10, 30)] });
    const file = folder.write('impossible.json', impossible);
    const answer = folder.write('answer.json', solve(impossible));
    expect(await run('verify', file, answer)).toEqual({
      exit: 0,
      printed: 'Verified: there is no plan.\n',
      complained: '',
    });
    expect((await run('verify', scenarioFile, answer)).exit).toBe(1);
  });

  const changes: [what: string, change: (plan: Plan) => unknown][] = [
    ['a cheaper total', (sound) => ({ ...sound, totalCost: 600 })],
    ['other costs', (sound) => ({ ...sound, costs: { ...sound.costs, handling: 699 } })],
    ['no work', (sound) => ({ ...sound, allocation: [] })],
    ['no prices', ({ certificate, ...sound }) => ({ ...sound, certificate: { ...certificate, duals: [] } })],
    ['no certificate', ({ certificate: _, ...sound }) => sound],
    ['another currency', (sound) => ({ ...sound, currency: 'EUR' })],
    [
      'shortfall that costs nothing',
      (sound) => ({ ...sound, shortfall: [{ workflow: 'appeals', period: 'P1', hours: 1 }] }),
    ],
    ['status failed', () => ({ status: 'failed', reason: 'engine' })],
    ['status infeasible', () => ({ status: 'infeasible' })],
  ];
  it.each(changes)('refuses a plan with %s and says what is wrong with it', async (_, change) => {
    const { exit, printed, complained } = await verify(change(plan));
    expect([exit, complained]).toEqual([1, '']);
    expect(printed).toMatch(/^Not verified:\n( {2}- .+\n)+$/);
  });

  it('refuses a file that is no plan, by the places of its faults', async () => {
    const { exit, printed, complained } = await verify({ ...plan, totalCost: '700', more: true });
    expect([exit, printed]).toEqual([1, '']);
    expect(complained).toContain('plan.json /totalCost: Expected a number, got a string. [wrong-type]');
    expect(complained).toContain('plan.json /more: ');
    expect((await verify('{"status":"optimal","status":"failed"}')).complained).toContain('[duplicate-key]');
  });
});

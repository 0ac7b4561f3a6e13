import { describe, expect, it } from 'vitest';
import { type HeldChoices, NO_CHOICES } from '../../../models/certificate/held-choices.ts';
import { recompute } from '../../../models/certificate/recomputed-scenario.ts';
import { reportFaults } from '../../../models/certificate/report-checks.ts';
import { checkRules } from '../../../models/certificate/rule-checks.ts';
import type { NamedLimit } from '../../../models/plan-fields.ts';
import type { ConstraintReport, PlacementReport } from '../../../models/plan.ts';
import { smallScenario, team, workflow } from '../small-scenario.ts';
import { provenAnswer, type ProvenAnswer, type Report } from './proven-answer.ts';

/** The faults of a report that has been spoilt. */
function found(spoil: (report: Report, answer: ProvenAnswer) => void, choices?: HeldChoices): string[] {
  const { scenario, answer } = provenAnswer();
  const model = recompute(scenario);
  const { uses } = checkRules(model, answer);
  spoil(answer.sensitivity, answer);
  return reportFaults(model, answer, answer.certificate.duals, { uses, choices });
}

const nothing = () => undefined;

it('finds nothing wrong with a report that tells what prices and plan say', () => {
  expect(found(nothing)).toEqual([]);
});

it('finds nothing wrong where there is no report', () => {
  expect(found((_report, answer) => delete (answer as Partial<ProvenAnswer>).sensitivity)).toEqual([]);
  expect(
    found((_report, answer) => Object.assign(answer, { sensitivity: { unavailable: 'No time.' } })),
  ).toEqual([]);
});

it('may leave out as many limits as it says', () => {
  const without = (constraintsNotDone: number) =>
    found((report) =>
      Object.assign(report, { constraints: report.constraints.slice(1), constraintsNotDone }),
    );
  expect(without(1)).toEqual([]);
  expect(without(2)).not.toEqual([]);
});

describe('a report that lies about a limit', () => {
  const row = (label: string, change: Partial<ConstraintReport>) =>
    found(({ constraints }) =>
      Object.assign(
        constraints.find((each) => each.label === label)!,
        change,
      ),
    );

  it.each<[string, string, Partial<ConstraintReport>, string]>([
    ['the price of', 'team-capacity near P1', { shadowPrice: -9 }, 'off by 1.00000'],
    ['the price of', 'team-capacity near P1', { shadowPrice: -11 }, 'off by 1.00000'],
    ['the price of', 'team-capacity far P1', { shadowPrice: -1 }, 'off by 1.00000'],
    ['the use of', 'budget P1', { used: 699 }, 'off by 1.00000'],
    ['the limit of', 'budget P1', { limit: 2001 }, 'off by 1.00000'],
    ['the slack of', 'budget P1', { slack: 1299 }, 'off by 1.00000'],
    ['the slack of', 'in-house-share P1', { slack: 17 }, 'off by 0.500000'],
    ['the slack of', 'demand calls P1', { slack: 0.5 }, 'off by 0.500000'],
  ])('is refused: %s %s', (what, label, change, fault) => {
    expect(row(label, change)).toEqual([`${what} "${label}" is ${fault}`]);
  });

  it('is refused where it names another that is none, or is not reached', () => {
    const named = (family: string, subject: NamedLimit['subject']): NamedLimit[] => [
      { family, subject, label: 'other' },
    ];
    const near = 'team-capacity near P1';
    const reached = named('team-capacity', { team: 'near', period: 'P1' });
    const idle = named('team-capacity', { team: 'far', period: 'P1' });
    const keptUp = named('in-house-share', { period: 'P1' });
    const unknown = named('team-capacity', { team: 'further', period: 'P1' });
    expect(row(near, { sameAs: idle, heldBy: reached })).toEqual([]);
    const isNone = `the report on "${near}" names "other", which is no limit of the scenario`;
    expect(row(near, { sameAs: unknown })).toEqual([isNone]);
    expect(row(near, { heldBy: unknown })).toEqual([isNone]);
    const isIdle = `"other" is said to hold "${near}", and is not reached`;
    expect(row(near, { heldBy: idle })).toEqual([isIdle]);
    expect(row(near, { heldBy: keptUp })).toEqual([isIdle]);
  });

  it('is refused where the end of a side does not cost what the plan and the price make of it', () => {
    const sides = { costOfOneMore: -10, savingOfOneLess: -10, allowableIncrease: 5 };
    const end = (totalCost: number) => ({ increaseEnd: { limit: 35, totalCost, nextPrice: 0 } });
    const near = 'team-capacity near P1';
    expect(row(near, { ...sides, ...end(940 - 50) })).toEqual([]);
    expect(row(near, { ...sides, ...end(940) })).toEqual([
      `the cost at the upper end of "${near}" is off by 50.0000`,
    ]);
  });

  it('is measured by the size of the limit, or of the price', () => {
    expect(row('budget P1', { used: 700.0015, limit: 2000.0015, slack: 1300.0015 })).toEqual([]);
    expect(row('team-capacity near P1', { shadowPrice: -10.000009 })).toEqual([]);
    expect(row('team-capacity far P1', { shadowPrice: -0.000009 })).not.toEqual([]);
  });

  it.each([
    ['team-capacity near P1', false, 'not '],
    ['demand calls P1', false, 'not '],
    ['team-capacity far P1', true, ''],
    ['in-house-share P1', true, ''],
  ])('by saying that it binds or does not is refused: %s', (label, binding, said) => {
    expect(row(label, { binding })).toEqual([`"${label}" is said to be ${said}binding`]);
  });

  it('may call it binding as near to it as anyone can tell, and else needs room for not binding', () => {
    expect(row('team-capacity near P1', { slack: 30 * 1e-6, binding: true })).toEqual([]);
    expect(row('team-capacity near P1', { slack: 2e-5, binding: false })).toEqual([]);
    expect(row('team-capacity near P1', { slack: -2e-5, binding: false })).toHaveLength(1);
    expect(row('demand mail P2', { slack: 1e-6, binding: false })).toHaveLength(1);
    expect(row('demand mail P2', { slack: 4e-6, binding: true })).toEqual([]);
  });

  it('by leaving it out, or by one that is not there or there twice, is refused', () => {
    expect(found(({ constraints }) => constraints.pop())).toEqual([
      'the report leaves out the budget of the whole horizon',
    ]);
    expect(found(({ constraints }) => constraints.push({ ...constraints[4] }))).toEqual([
      'the report on "team-capacity near P2" is about no limit of the scenario, or about one twice',
    ]);
    expect(found(({ constraints }) => (constraints[4].subject = { team: 'near', period: 'P3' }))).toEqual([
      'the report on "team-capacity near P2" is about no limit of the scenario, or about one twice',
      'the report leaves out the capacity of near in P2',
    ]);
  });
});

describe('a report that lies about a placement', () => {
  const line = (at: number, change: Partial<PlacementReport>) =>
    found(({ placements }) => Object.assign(placements[at], change));

  it.each<[string, number, Partial<PlacementReport>]>([
    ['the hours of calls / near / P1', 0, { hours: 29 }],
    ['the hours of calls / far / P2', 3, { hours: 1 }],
    ['the cost of calls / near / P1', 0, { costPerDemandHour: 9 }],
    ['the reduced cost of calls / far / P2', 3, { reducedCost: 9 }],
    ['the reduced cost of calls / near / P1', 0, { reducedCost: 1 }],
    ['the break-even of calls / far / P2', 3, { breakEvenCostPerDemandHour: 11 }],
  ])('is refused: %s', (what, at, change) => {
    expect(line(at, change)).toEqual([`${what} is off by 1.00000`]);
  });

  it.each([
    ['workflow', 'chat', 'chat / near / P1', 0],
    ['team', 'none', 'calls / none / P1', 0],
    ['period', 'P3', 'calls / near / P3', 0],
    ['period', 'P1', 'mail / far / P1', 5], // no mail arrives then
    ['team', 'near', 'calls / near / P1', 2], // a second time
  ])('by another %s, %s, is refused', (kind, id, name, at) => {
    expect(line(at, { [kind]: id })).toEqual([
      `${name} is not a placement the scenario permits, or stands in the report twice`,
      'the report leaves out 1 placements',
    ]);
  });

  it('by leaving it out is refused', () => {
    expect(found(({ placements }) => placements.splice(1, 2))).toEqual([
      'the report leaves out 2 placements',
    ]);
  });

  it('is told from every other: each workflow, team and period has its own', () => {
    const ids = ['1', '2', '3'];
    const scenario = smallScenario({
      periods: ids.map((id) => ({ id: `P${id}` })),
      teams: ['k', 'l'].map((id) => team(id, 'luzon', 1, 1, ['P1', 'P2', 'P3'])),
      workflows: ids.map((id) => workflow(id, 1, 1, 1)),
    });
    const lines = ids.flatMap((w) =>
      ['k', 'l'].flatMap((k) =>
        ids.map((t) => ({
          ...{ workflow: w, team: k, period: `P${t}`, hours: Number(w) * Number(t), costPerDemandHour: 1 },
          ...{
            reducedCost: 1,
            breakEvenCostPerDemandHour: 0,
            allowableIncrease: null,
            allowableDecrease: null,
          },
        })),
      ),
    );
    const { answer } = provenAnswer();
    const [{ site, contacts, teamHours, share, cost }] = answer.allocation;
    answer.allocation = lines.map((line) => ({ ...line, site, contacts, teamHours, share, cost }));
    answer.sensitivity = { ...answer.sensitivity, constraints: [], placements: lines };
    expect(reportFaults(recompute(scenario), answer, [], { uses: [], choices: undefined })).toEqual([]);
  });

  it('in whatever Unicode form its names are written is found', () => {
    const { scenario, answer } = provenAnswer();
    for (const line of [...answer.allocation, ...answer.sensitivity.placements]) {
      if (line.team === 'near') line.team = 'ne\u0301ar';
    }
    scenario.teams[0].id = 'n\u00e9ar';
    const of = ({ subject }: { subject: { team?: string | undefined } }) => subject;
    for (const entry of [...answer.certificate.duals, ...answer.sensitivity.constraints]) {
      if (of(entry).team === 'near') of(entry).team = 'ne\u0301ar';
    }
    const model = recompute(scenario);
    const { uses } = checkRules(model, answer);
    const { duals } = answer.certificate;
    expect(reportFaults(model, answer, duals, { uses, choices: undefined })).toEqual([]);
  });
});

it('charges an hour for what it takes of budgets before it breaks even', () => {
  // A unit of either budget saves 1. Near in P1 costs 10, and 10 + 10 of budgets, but saves 20 at demand and takes 10
  // at its capacity: 20 above break-even at three for one. In P2 the horizon alone charges it: two for one.
  const reduced: [number, number][] = [
    [20, 10 - 20 / 3],
    [10, 10 - 10 / 2],
    [40, 20 - 40 / 3],
    [30, 20 - 30 / 2],
    [10, 10 - 10 / 2],
    [30, 20 - 30 / 2],
  ];
  const faults = found(({ constraints, placements }, { certificate }) => {
    for (const row of constraints.filter(({ family }) => family === 'budget')) {
      row.shadowPrice = -1;
      certificate.duals.push({ family: 'budget', subject: row.subject, price: -1 });
    }
    placements.forEach((line, at) => {
      [line.reducedCost, line.breakEvenCostPerDemandHour] = reduced[at];
    });
  });
  expect(faults).toEqual([]);
});

it('has to say whether its prices hold with choices alone', () => {
  const fault = 'the report does not say what its prices hold for';
  const choices = NO_CHOICES;
  expect(found(nothing, choices)).toEqual([fault]);
  expect(found((report) => (report.basis = 'choices-fixed'))).toEqual([fault]);
  expect(found((report) => (report.basis = 'choices-fixed'), choices)).toEqual([]);
});

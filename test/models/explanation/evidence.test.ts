import { describe, expect, it } from 'vitest';
import { type Evidence } from '../../../models/explanation.ts';
import { evidenceCases, withEvidence, withOnlyPairs } from '../../../models/explanation/evidence.ts';
import type { Scenario } from '../../../models/scenario/schema.ts';
import { inHouseSite, smallScenario, team, workflow } from '../small-scenario.ts';
import { planningData } from '../solved-plan.ts';

const scenario: Scenario = smallScenario({
  sites: [
    { ...inHouseSite('luzon'), country: 'PH', securityTier: 2, controls: ['pci'] },
    { ...inHouseSite('cebu'), country: 'PH', securityTier: 4, controls: ['pci', 'vault'] },
  ],
  teams: [
    { ...team('day', 'luzon', 10, 100), skills: ['en'], maxComplexity: 1 },
    { ...team('night', 'luzon', 10, 100), skills: ['en', 'de', 'fr'] },
    { ...team('south', 'cebu', 10, 100), skills: ['en'] },
  ],
  workflows: [
    { ...workflow('german', 10), skills: ['de'] },
    { ...workflow('both', 10), skills: ['de', 'fr'] },
    { ...workflow('secret', 10), securityTier: 3, skills: ['en'] },
    { ...workflow('locked', 10), securityTier: 4, controls: ['vault'] },
    { ...workflow('safe', 10), controls: ['vault'] },
    { ...workflow('home', 10), allowedCountries: ['US'] },
    { ...workflow('never', 10), deniedCountries: ['PH'] },
    { ...workflow('hard', 10), complexity: 3 },
    { ...workflow('forbidden', 10), skills: ['en'] },
  ],
  placements: ['day', 'night', 'south'].map((id) => ({ workflow: 'forbidden', team: id, allowed: false })),
});

const data = planningData(scenario);
const casesOf = (isAbout: (w: number, k: number) => boolean = () => true) =>
  evidenceCases(data, isAbout).map(({ evidence, opens }) => [
    evidence,
    opens.map((pair) => `${data.workflows[pair.workflow].id} ${data.teams[pair.team].id}`),
  ]);

describe('the changes of evidence of a scenario', () => {
  it('are those that open what nothing else keeps apart, with all that each opens', () => {
    const cases = casesOf();
    expect(cases).toContainEqual([{ kind: 'skill', team: 'day', words: ['de'] }, ['german day']]);
    // Two skills open what needs but one of them as well.
    expect(cases).toContainEqual([
      { kind: 'skill', team: 'day', words: ['de', 'fr'] },
      ['both day', 'german day'],
    ]);
    expect(cases).toContainEqual([
      { kind: 'security-tier', site: 'luzon', level: 3 },
      ['secret day', 'secret night'],
    ]);
    expect(cases).toContainEqual([
      { kind: 'control', site: 'luzon', words: ['vault'] },
      ['safe day', 'safe night'],
    ]);
    expect(cases).toContainEqual([
      { kind: 'country', workflow: 'home', words: ['PH'] },
      ['home day', 'home night', 'home south'],
    ]);
    expect(cases).toContainEqual([{ kind: 'complexity', team: 'day', level: 3 }, ['hard day']]);
    expect(cases).toHaveLength(8);
  });

  it('are none for what two rules keep apart, for a denied country and for a prohibition', () => {
    const opened = new Set(casesOf().flatMap(([, pairs]) => pairs as string[]));
    // Luzon has neither the tier nor the control for it.
    for (const pair of ['locked day', 'never day', 'forbidden day']) expect(opened).not.toContain(pair);
  });

  it('are those that grant just what something asked about lacks, with all that they open', () => {
    const casesAbout = (id: string) => casesOf((w) => w === data.positions.workflow(id));
    // With french besides they would open it, too, but that is worth something to other work alone.
    expect(casesAbout('german')).toEqual([
      [{ kind: 'skill', team: 'day', words: ['de'] }, ['german day']],
      [{ kind: 'skill', team: 'south', words: ['de'] }, ['german south']],
    ]);
    expect(casesAbout('both')).toEqual([
      [{ kind: 'skill', team: 'day', words: ['de', 'fr'] }, ['both day', 'german day']],
      [{ kind: 'skill', team: 'south', words: ['de', 'fr'] }, ['both south', 'german south']],
    ]);
  });
});

it.each<[Evidence, string[]]>([
  [{ kind: 'skill', team: 'day', words: ['de', 'fr'] }, ['both day', 'german day']],
  [{ kind: 'security-tier', site: 'luzon', level: 3 }, ['secret day', 'secret night']],
  [{ kind: 'control', site: 'luzon', words: ['vault'] }, ['safe day', 'safe night']],
  [{ kind: 'country', workflow: 'home', words: ['PH'] }, ['home day', 'home night', 'home south']],
  [{ kind: 'complexity', team: 'day', level: 3 }, ['hard day']],
])(
  '%j granted makes eligible just what it is said to open, and touches the scenario nowhere else',
  (evidence, opened) => {
    const before = pairs(planningData(scenario));
    const sent = structuredClone(scenario);
    const granted = withEvidence(scenario, evidence);
    expect(scenario).toEqual(sent);
    expect([...pairs(planningData(granted))].filter((pair) => !before.has(pair))).toEqual(opened);
  },
);

it('with all evidence granted at once leaves just the pairs that are to be priced, as they are', () => {
  const [w, k] = [data.positions.workflow('locked'), data.positions.team('day')];
  const facts = { workflow: 'locked', team: 'day', handlingFactor: 2, costPerDemandHour: 7 };
  const asked = { ...scenario, placements: [...scenario.placements!, facts] };
  const only = planningData(withOnlyPairs(asked, planningData(asked), [{ workflow: w, team: k }]));
  expect([...pairs(only)]).toEqual(['locked day']);
  expect([...only.placements.costPerDemandHour]).toEqual([7]);
  expect([...only.placements.teamHoursPerDemandHour]).toEqual([2]);
});

function pairs({ placements, workflows, teams }: ReturnType<typeof planningData>): Set<string> {
  return new Set(
    Array.from(
      { length: placements.count },
      (_, j) => `${workflows[placements.workflow[j]].id} ${teams[placements.team[j]].id}`,
    ),
  );
}

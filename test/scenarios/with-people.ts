import type { Scenario, ScenarioTeam } from '../../models/scenario/schema.ts';
import { isValid, randomScenario } from './random-scenario.ts';
import { SeededRandom } from './seeded-random.ts';

type Headcount = NonNullable<ScenarioTeam['headcount']>;

/** A scenario drawn at random of which at least one team has a headcount; undefined where none of its teams can have one. */
export function scenarioWithPeople(seed: number): Scenario | undefined {
  const random = new SeededRandom(seed);
  const drawn = randomScenario(seed);
  const isWhole = random.chance(0.5);
  let count = 0;
  const teams = drawn.teams.map((team) => {
    if (team.rate.basis === 'contact' || (count > 0 && random.chance(0.4))) return team;
    count += 1;
    return withHeadcount(team, drawn, random, isWhole);
  });
  const scenario = { ...drawn, periodsPerYear: 12, teams };
  return count > 0 && isValid(scenario) ? scenario : undefined;
}

/** The same with hires in classes, few enough sizes for any engine; undefined where nobody is hired. */
export function scenarioWithClasses(seed: number): Scenario | undefined {
  const random = new SeededRandom(seed);
  const drawn = scenarioWithPeople(seed);
  if (!drawn?.teams.some(({ headcount }) => headcount?.hiring)) return undefined;
  const teams = drawn.teams.map((team) => {
    const hiring = team.headcount?.hiring;
    if (!hiring) return team;
    const most = hiring.maxHeadsPerPeriod;
    const multiple = most / random.whole(1, 5);
    const classSize = {
      ...(random.chance(0.5) && { minHeads: most * random.between(0, 0.9) }),
      ...(random.chance(0.7) && { multiple }),
    };
    const costPerClass = random.chance(0.3) ? random.whole(1, 500) : undefined;
    return {
      ...team,
      headcount: {
        ...team.headcount!,
        hiring: { ...hiring, classSize, ...(costPerClass !== undefined && { costPerClass }) },
      },
    };
  });
  const scenario = { ...drawn, teams };
  return isValid(scenario) ? scenario : undefined;
}

function withHeadcount(
  { paid: _, ...team }: ScenarioTeam,
  { periods, workflows }: Scenario,
  random: SeededRandom,
  isWhole: boolean,
): ScenarioTeam {
  const paidHoursPerFte = isWhole ? 10 : random.between(100, 180);
  const shrinkage = isWhole ? 0.2 : random.between(0, 0.4);
  const hours = workflows.flatMap(({ demand }) =>
    demand.map((entry) => entry.hours ?? (entry.contacts! * entry.ahtSeconds!) / 3600),
  );
  const inAll = hours.reduce((sum, each) => sum + each, 0);
  // About as many heads as all the work of a period would keep busy.
  const heads = Math.min(1e6, Math.max(1, inAll / periods.length / (paidHoursPerFte * (1 - shrinkage))));
  const some = (least: number, most: number) => {
    const drawn = heads * random.between(least, most);
    return isWhole ? Math.max(1, Math.round(drawn)) : Math.max(0.01, drawn);
  };
  return {
    ...team,
    capacity: periods.map(({ id }) => ({ period: id, paidHoursPerFte, shrinkage })),
    headcount: headcountOf(periods, random, isWhole, some),
  };
}

function headcountOf(
  periods: Scenario['periods'],
  random: SeededRandom,
  isWhole: boolean,
  some: (least: number, most: number) => number,
): Headcount {
  const share = (least: number, most: number) =>
    isWhole ? random.pick([0, 0.25, 0.5]) : Math.round(random.between(least, most) * 1000) / 1000;
  const money = (typical: number) => (random.chance(0.3) ? 0 : Math.round(typical * random.between(0.3, 2)));
  const joining = random.some(periods, 0.2).map(({ id }) => ({ period: id, heads: some(0, 0.3) }));
  return {
    openingHeads: random.chance(0.1) ? 0 : some(0, 1),
    ...(joining.length > 0 && { joining }),
    ...random.pick<Partial<Headcount>>([
      {},
      { attritionPerPeriod: share(0.01, 0.2) },
      { attritionPerYear: share(0.1, 0.7) },
    ]),
    ...(random.chance(0.7) && { hiring: hiringOf(random, share, money, some) }),
    ...(random.chance(0.5) && {
      release: {
        ...(random.chance(0.5) && { maxHeadsPerPeriod: some(0.1, 0.5) }),
        ...(random.chance(0.7) && { costPerHead: money(50) }),
        ...(random.chance(0.4) && { noticePeriods: random.whole(0, 2) }),
      },
    }),
    ...(random.chance(0.5) && { overtime: { maxShare: share(0.05, 0.2), premium: share(0.25, 1) } }),
  };
}

function hiringOf(
  random: SeededRandom,
  share: (least: number, most: number) => number,
  money: (typical: number) => number,
  some: (least: number, most: number) => number,
): NonNullable<Headcount['hiring']> {
  return {
    maxHeadsPerPeriod: some(0.1, 1),
    costPerHead: money(100),
    ...(random.chance(0.4) && { leadPeriods: random.whole(0, 2) }),
    ...(random.chance(0.6) && {
      training: {
        periods: random.whole(0, 2),
        costPerHead: money(50),
        ...(random.chance(0.5) && { attrition: share(0.05, 0.3) }),
        ...(random.chance(0.5) && { payShare: share(0.5, 1) }),
        ...(random.chance(0.3) && { trainerHoursPerHead: random.between(0.1, 5) }),
        ...(random.chance(0.3) && { maxTrainees: some(0.1, 1) }),
      },
    }),
    ...(random.chance(0.5) && {
      nesting: Array.from({ length: random.whole(1, 2) }, () =>
        random.chance(0.5) ? { productivity: share(0.3, 0.9) } : { ahtFactors: [2, random.between(1, 1.8)] },
      ),
      nestingAttrition: share(0.02, 0.2),
    }),
  };
}

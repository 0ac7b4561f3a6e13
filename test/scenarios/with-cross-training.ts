import type { Scenario, ScenarioTeam } from '../../models/scenario/schema.ts';
import { isValid } from './random-scenario.ts';
import { SeededRandom } from './seeded-random.ts';
import { scenarioWithPeople } from './with-people.ts';

type Headcount = NonNullable<ScenarioTeam['headcount']>;
type SecondSkill = NonNullable<Headcount['crossTraining']>[number];

/** Skills that no team with people has, in two spellings of which the first is two characters after normalisation. */
const TRAINED = ['espa\u00f1ol', 'tagalog'];

/**
 * A scenario drawn at random whose teams with people may be trained in skills that some of the work needs; `base` gives one with people.
 * Undefined where that gives none.
 */
export function scenarioWithCrossTraining(
  seed: number,
  base: (seed: number) => Scenario | undefined = scenarioWithPeople,
): Scenario | undefined {
  const random = new SeededRandom(seed);
  const drawn = base(seed);
  if (drawn === undefined) return undefined;
  const skills = random.chance(0.6) ? TRAINED.slice(0, 1) : TRAINED;
  const withSkills = <Item extends { readonly skills?: string[] | undefined }>(
    item: Item,
    share: number,
  ) => ({
    ...item,
    skills: [...(item.skills ?? []), ...random.some(skills, share)],
  });
  const workflows = drawn.workflows.map((workflow) => withSkills(workflow, 0.5));
  const teams = drawn.teams.map((team) =>
    team.headcount ? withSecondSkills(team, team.headcount, skills, random) : withSkills(team, 0.7),
  );
  const scenario = { ...drawn, workflows, teams };
  return isValid(scenario) ? scenario : undefined;
}

function withSecondSkills(
  team: ScenarioTeam,
  headcount: Headcount,
  skills: readonly string[],
  random: SeededRandom,
): ScenarioTeam {
  // The same word, in another Unicode form.
  const crossTraining = random
    .some(skills, 0.9)
    .map((skill) => secondSkill(skill.normalize('NFD'), headcount, random));
  return { ...team, headcount: { ...headcount, crossTraining } };
}

function secondSkill(skill: string, { openingHeads }: Headcount, random: SeededRandom): SecondSkill {
  const some = (most: number) =>
    random.chance(0.4) ? Math.ceil(most) : Math.max(0.01, most * random.between(0, 1));
  return {
    skill,
    ...(random.chance(0.5) && { openingHeads: random.chance(0.5) ? openingHeads : openingHeads / 2 }),
    maxHeadsPerPeriod: random.chance(0.1) ? 0 : some(Math.max(1, openingHeads)),
    ...(random.chance(0.7) && { costPerHead: random.whole(0, 100) }),
    ...(random.chance(0.6) && { periods: random.whole(0, 2) }),
    ...(random.chance(0.5) && { trainerHoursPerHead: random.between(0.1, 10) }),
    productivity: random.pick([1, 0.8, 0.5, random.between(0.3, 1)]),
  };
}

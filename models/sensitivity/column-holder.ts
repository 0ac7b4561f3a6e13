import type { Names } from '../constraint-family.ts';
import { type ColumnKey, isPeople, isSecondSkill } from '../linear-program.ts';
import type { SecondSkillKind } from '../people/cross-training.ts';
import type { PeopleKind } from '../people/headcount.ts';
import type { PriceHolder } from '../plan.ts';
import type { PlanningData } from '../planning-data.ts';

const PEOPLE_WORDS: Readonly<Record<PeopleKind, string>> = {
  heads: 'Heads',
  hires: 'Hires',
  released: 'Heads released',
  overtime: 'Overtime',
};

const SECOND_SKILL_WORDS: Readonly<Record<SecondSkillKind, string>> = {
  'cross-trained': 'Heads with',
  'cross-training': 'Heads trained in',
  'cross-trained-released': 'Heads released with',
};

/** What a column is to the user, and what to call it; a choice and the sum of a period's hours are nothing to them. */
export function columnHolder(data: PlanningData, key: ColumnKey, names: Names): PriceHolder | undefined {
  if (isPeople(key)) {
    const [team, period] = [data.teams[key.team].id, data.periods[key.period].id];
    const label = `${PEOPLE_WORDS[key.kind]} at ${names.team(team)} in ${period}`;
    return { kind: key.kind, subject: { team, period }, label };
  }
  if (isSecondSkill(key)) {
    const { id: team, headcount } = data.teams[key.team];
    const [{ skill }, period] = [headcount!.crossTraining[key.skill], data.periods[key.period].id];
    const label = `${SECOND_SKILL_WORDS[key.kind]} ${skill} as a second skill at ${names.team(team)} in ${period}`;
    return { kind: key.kind, subject: { team, skill, period }, label };
  }
  if (key.kind !== 'placement' && key.kind !== 'shortfall' && key.kind !== 'backlog') return undefined;
  const [workflow, period] = [data.workflows[key.workflow].id, data.periods[key.period].id];
  const work = names.workflow(workflow);
  switch (key.kind) {
    case 'placement': {
      const team = data.teams[key.team].id;
      const label = `${work} at ${names.team(team)} in ${period}`;
      return { kind: key.kind, subject: { workflow, team, period }, label };
    }
    case 'shortfall':
      return { kind: key.kind, subject: { workflow, period }, label: `Shortfall of ${work} in ${period}` };
    case 'backlog':
      return {
        kind: key.kind,
        subject: { workflow, period },
        label: `${work} waiting at the end of ${period}`,
      };
  }
}

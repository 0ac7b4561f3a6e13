import { describe, expect, it } from 'vitest';
import type { Difference } from '../../models/differences.ts';
import { scenarioDifferences } from '../../models/differences/scenario-differences.ts';
import type { Scenario } from '../../models/scenario/schema.ts';
import { shuffled } from '../scenarios/changed-scenarios.ts';
import { randomScenario } from '../scenarios/random-scenario.ts';
import { SeededRandom } from '../scenarios/seeded-random.ts';
import { caseCount } from './case-count.ts';

const seeds = Array.from({ length: caseCount(250, 5000) }, (_, i) => i + 1);

/** A scenario as a text that is the same for the same content: lists that are sets sorted, ids and words in one Unicode form. */
function contentOf(scenario: Scenario): string {
  const within = (value: unknown, field: string): unknown => {
    if (Array.isArray(value)) {
      const items = value.map((item) => within(item, field));
      const sorted = field === 'periods' ? items : items.map((item) => JSON.stringify(item)).sort();
      return WORDS.includes(field) ? [...new Set(sorted)] : sorted;
    }
    if (typeof value === 'object' && value !== null) {
      const members = Object.entries(value).map(([name, member]) => [name, within(member, name)] as const);
      const said = members.filter(
        ([name, member]) => !(Array.isArray(member) && member.length === 0 && name !== 'allowedCountries'),
      );
      return Object.fromEntries(
        said.filter(([, member]) => JSON.stringify(member) !== '{}').sort(([a], [b]) => (a < b ? -1 : 1)),
      );
    }
    return typeof value === 'string' && !TEXTS.includes(field) ? value.normalize() : value;
  };
  return JSON.stringify(within(scenario, ''));
}

const WORDS = ['skills', 'controls', 'allowedCountries', 'deniedCountries'];
const TEXTS = ['name', 'channel', 'timeZone'];

/** Pairs of scenarios: the same in another order, and in another Unicode form, one that was edited a few times, and one that has nothing to do with it. */
function* pairsOf(seed: number): Generator<[Scenario, Scenario]> {
  const random = new SeededRandom(seed);
  const scenario = randomScenario(seed);
  yield [scenario, shuffled(scenario, random)];
  yield [respelled(scenario, 'NFC'), respelled(shuffled(scenario, random), 'NFD')];
  let edited = scenario;
  for (let count = random.whole(1, 4); count > 0; count -= 1) edited = editOf(edited, random).scenario;
  yield [scenario, shuffled(edited, random)];
  yield [scenario, randomScenario(seed + 1)];
}

/** The scenario with all ids and words in one Unicode form; texts for people stay as they are. */
function respelled(scenario: Scenario, form: 'NFC' | 'NFD'): Scenario {
  return JSON.parse(
    JSON.stringify(scenario, (field, value: unknown) =>
      typeof value === 'string' && !TEXTS.includes(field) ? value.normalize(form) : value,
    ),
  ) as Scenario;
}

describe('differences of random scenarios', () => {
  it('are none if and only if the scenarios are the same but for the order of lists', () => {
    const seen = { same: 0, other: 0 };
    for (const seed of seeds) {
      for (const [from, to] of pairsOf(seed)) {
        const isSame = contentOf(from) === contentOf(to);
        seen[isSame ? 'same' : 'other'] += 1;
        expect([seed, scenarioDifferences(from, to).total === 0]).toEqual([seed, isSame]);
      }
    }
    expect(Math.min(seen.same, seen.other)).toBeGreaterThan(seeds.length / 2);
  });

  it('are the same the other way round, with from and to exchanged', () => {
    for (const seed of seeds) {
      for (const [from, to] of pairsOf(seed)) {
        const there = scenarioDifferences(from, to);
        const back = scenarioDifferences(to, from);
        expect([seed, back.counts]).toEqual([seed, there.counts]);
        expect(new Set(back.items.map(keyOf))).toEqual(new Set(there.items.map(mirrored).map(keyOf)));
      }
    }
  });

  it('of one edit are exactly that one, named right', () => {
    const kinds = new Set<string>();
    for (const seed of seeds) {
      const scenario = randomScenario(seed);
      const { scenario: edited, ...expected } = editOf(scenario, new SeededRandom(seed));
      const { items, total } = scenarioDifferences(scenario, shuffled(edited, new SeededRandom(seed)));
      expect([seed, total, items]).toMatchObject([seed, 1, [expected]]);
      kinds.add(`${expected.what} ${expected.change}`);
    }
    expect(kinds.size).toBe(EDITS.length);
  });
});

/** A difference without its sentence, as a text; ids in one Unicode form. */
function keyOf({ change, what, subject, field, from, to }: Difference): string {
  return JSON.stringify([change, what, Object.entries(subject).sort(), field, from, to]).normalize();
}

function mirrored(item: Difference): Difference {
  const { change, from, to, ...rest } = item;
  const others = { added: 'removed', removed: 'added', changed: 'changed' } as const;
  return {
    ...rest,
    change: others[change],
    ...(to !== undefined && { from: to }),
    ...(from !== undefined && { to: from }),
  };
}

/** An edit with the one difference that it makes. */
type Edit = Pick<Difference, 'what' | 'change' | 'subject'> &
  Partial<Difference> & { readonly scenario: Scenario };

function editOf(scenario: Scenario, random: SeededRandom): Edit {
  for (;;) {
    const edit = random.pick(EDITS)(structuredClone(scenario), random);
    if (edit) return edit;
  }
}

const NEW = 'something new';

const EDITS: readonly ((copy: Scenario, random: SeededRandom) => Edit | undefined)[] = [
  (copy) => {
    const from = copy.name;
    copy.name = `${from}!`;
    return {
      scenario: copy,
      what: 'scenario',
      change: 'changed',
      subject: {},
      field: 'name',
      from,
      to: copy.name,
    };
  },
  (copy) => {
    if (copy.periods.some(({ id }) => id === NEW)) return undefined;
    copy.periods.push({ id: NEW });
    return { scenario: copy, what: 'period', change: 'added', subject: { period: NEW } };
  },
  (copy, random) => {
    const site = random.pick(copy.sites);
    const from = site.seats;
    site.seats = (from ?? 0) + 1;
    const before = from !== undefined && { from };
    return {
      scenario: copy,
      what: 'site',
      change: 'changed',
      subject: { site: site.id },
      field: 'seats',
      ...before,
      to: site.seats,
    };
  },
  (copy) => {
    if (copy.sites.some(({ id }) => id === NEW)) return undefined;
    copy.sites.push({ id: NEW, operator: 'in-house' });
    return { scenario: copy, what: 'site', change: 'added', subject: { site: NEW } };
  },
  (copy, random) => {
    const team = random.pick(copy.teams);
    const from = { ...team.rate };
    team.rate.amount += 1;
    return {
      scenario: copy,
      what: 'team',
      change: 'changed',
      subject: { team: team.id },
      field: 'rate',
      from,
      to: team.rate,
    };
  },
  (copy, random) => {
    if (copy.teams.length < 2) return undefined;
    const { id } = random.pick(copy.teams);
    copy.teams = copy.teams.filter((team) => team.id !== id);
    return { scenario: copy, what: 'team', change: 'removed', subject: { team: id } };
  },
  (copy, random) => {
    const workflow = random.pick(copy.workflows);
    const from = workflow.skills;
    const skills = [...(from ?? []), NEW];
    if (from?.includes(NEW)) return undefined;
    workflow.skills = skills;
    return {
      scenario: copy,
      what: 'workflow',
      change: 'changed',
      subject: { workflow: workflow.id },
      field: 'skills',
    };
  },
  (copy, random) => {
    const team = random.pick(copy.teams);
    const entry = team.capacity.at(0);
    if (!entry) return undefined;
    team.capacity = team.capacity.slice(1);
    return {
      scenario: copy,
      what: 'capacity',
      change: 'removed',
      subject: { team: team.id, period: entry.period },
    };
  },
  (copy, random) => {
    const workflow = random.pick(copy.workflows);
    const entry = workflow.demand.at(0);
    if (entry?.contacts === undefined) return undefined;
    entry.contacts += 1;
    return {
      scenario: copy,
      what: 'demand',
      change: 'changed',
      subject: { workflow: workflow.id, period: entry.period },
    };
  },
  (copy, random) => {
    if (!copy.placements?.length) return undefined;
    const placement = random.pick(copy.placements);
    const { workflow, team, period, handlingFactor } = placement;
    placement.handlingFactor = (handlingFactor ?? 1) + 0.5;
    const subject = { workflow, team, ...(period !== undefined && { period }) };
    return {
      scenario: copy,
      what: 'placement',
      change: 'changed',
      subject,
      field: 'handlingFactor',
      to: placement.handlingFactor,
    };
  },
  (copy) => {
    const budget = copy.rules?.budget ?? [];
    if (budget.some(({ period }) => period === undefined)) return undefined;
    copy.rules = { ...copy.rules, budget: [...budget, { amount: 5 }] };
    return { scenario: copy, what: 'budget', change: 'added', subject: {}, field: 'amount', to: 5 };
  },
  (copy) => {
    const share = copy.rules?.vendorShare?.at(0);
    if (!share) return undefined;
    const from = share.maxShare;
    share.maxShare = from / 2 + 0.01;
    return {
      scenario: copy,
      what: 'vendor-share',
      change: 'changed',
      subject: { vendor: share.vendor },
      field: 'maxShare',
      from,
      to: share.maxShare,
    };
  },
];

import type { DifferenceKind } from '../differences.ts';
import { exactMoney, exactShare } from '../number-text.ts';
import type { Scenario } from '../scenario/schema.ts';
import { arrow, difference, type Found, type Said } from './found.ts';
import { compareKeys, eitherOf, keyOfIds, type Pair, pairsOf } from './pairs.ts';
import { nameIn, type Side, type Sides } from './side.ts';

type Rules = Required<NonNullable<Scenario['rules']>>;
type Rule<List extends keyof Rules> = NonNullable<Rules[List]>[number];

/** How the rules of one list are told of. */
interface RuleWords<OneRule> {
  readonly what: DifferenceKind;
  /** The field with its limit. */
  readonly field: keyof OneRule & string;
  readonly subject: (rule: OneRule) => Record<string, string | undefined>;
  /** "Budget of 2027-01". */
  readonly label: (rule: OneRule, sides: Sides) => string;
  readonly said: (limit: number, side: Side) => Said;
}

const percent = (share: number): Said => ({ text: exactShare(share) });

/** A list of rules that the schema has and this table has not is an error of types. */
const RULES: { readonly [List in keyof Rules]: RuleWords<Rule<List>> } = {
  vendorShare: {
    what: 'vendor-share',
    field: 'maxShare',
    subject: ({ vendor }) => ({ vendor }),
    label: ({ vendor }) => `Largest share of ${vendor}`,
    said: percent,
  },
  inHouseShare: {
    what: 'in-house-share',
    field: 'minShare',
    subject: ({ workflow }) => ({ workflow }),
    label: ({ workflow }, sides) =>
      `Least in-house share of ${workflow === undefined ? 'all work' : nameIn(sides, 'workflow', workflow)}`,
    said: percent,
  },
  budget: {
    what: 'budget',
    field: 'amount',
    subject: ({ period }) => ({ period }),
    label: ({ period }) => `Budget of ${period ?? 'the whole horizon'}`,
    said: (amount, { currency }) => ({ text: exactMoney(amount), unit: currency }),
  },
};

/** Rules by what they are about. */
export function* ruleDifferences(sides: Sides): Generator<Found> {
  for (const list of Object.keys(RULES) as (keyof Rules)[])
    yield* differencesOfList(list, RULES[list] as unknown as RuleWords<object>, sides);
}

function* differencesOfList(
  list: keyof Rules,
  { what, field, subject, label, said }: RuleWords<object>,
  sides: Sides,
): Generator<Found> {
  const rulesOf = ({ scenario }: Side): readonly object[] => scenario.rules?.[list] ?? [];
  const keyOf = (rule: object) => keyOfIds(...Object.values(subject(rule)));
  const pairs = pairsOf(rulesOf(sides.from), rulesOf(sides.to), keyOf);
  pairs.sort((one, other) => compareKeys(keyOf(eitherOf(one)), keyOf(eitherOf(other))));
  for (const pair of pairs) {
    const limits: Pair<number> = { from: limitOf(pair.from, field), to: limitOf(pair.to, field) };
    if (limits.from === limits.to) continue;
    const write = () => {
      const rule = eitherOf(pair);
      const text = (limit: number | undefined, side: Side) =>
        limit === undefined ? { text: 'none' } : said(limit, side);
      const change = arrow(text(limits.from, sides.from), text(limits.to, sides.to));
      const sentence = `${label(rule, sides)}: ${change}.`;
      return difference(what, givenIds(subject(rule)), limits, sentence, { field });
    };
    yield { what, write };
  }
}

function limitOf(rule: object | undefined, field: string): number | undefined {
  return (rule as Readonly<Record<string, number>> | undefined)?.[field];
}

function givenIds(ids: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(ids).flatMap(([kind, id]) => (id === undefined ? [] : [[kind, id]])),
  );
}

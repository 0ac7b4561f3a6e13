import { expect, it } from 'vitest';
import { namesOf } from '../../../models/constraint-family.ts';
import type { EvidenceWorth } from '../../../models/explanation.ts';
import { worthSentence } from '../../../models/explanation/evidence-sentence.ts';
import { smallScenario } from '../small-scenario.ts';
import { planningData } from '../solved-plan.ts';

const names = namesOf(planningData(smallScenario()));

function sentence(line: Partial<EvidenceWorth>): string {
  return worthSentence(
    {
      evidence: { kind: 'skill', team: 'manila', words: ['de'] },
      label: 'Skill de at manila',
      opens: [{ workflow: 'appeals', team: 'manila' }],
      ...line,
    },
    names,
  );
}

const placed = [{ workflow: 'appeals', team: 'manila', hours: 60 }];

it('says of a worth within a gap of yes/no choices between which amounts it lies', () => {
  expect(sentence({ worth: 500, worthAtLeast: 0, worthAtMost: 900, placed, provenBy: 'plan' })).toBe(
    'Skill de at manila would save 500.00 USD (at least 0.00, at most 900.00: the yes/no choices leave a gap): 60 hours of appeals would be placed by it.',
  );
  expect(sentence({ worth: 0, worthAtLeast: 0, worthAtMost: 30, placed: [], provenBy: 'plan' })).toBe(
    'Skill de at manila: no saving was found; the gap of the yes/no choices leaves room for 30.00 USD at most.',
  );
});

it('says the worth alone where there is no gap to be seen', () => {
  expect(sentence({ worth: 500, worthAtLeast: 499.999, worthAtMost: 500, placed, provenBy: 'plan' })).toBe(
    'Skill de at manila would save 500.00 USD: 60 hours of appeals would be placed by it.',
  );
  for (const bounds of [{ worthAtLeast: 0, worthAtMost: 0 }, { worthAtMost: 700 }])
    expect(sentence({ worth: 0, ...bounds, placed: [], provenBy: 'plan' })).toBe(
      'Skill de at manila would be worth nothing: the plan with it costs the same.',
    );
});

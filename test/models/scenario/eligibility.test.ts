import { describe, expect, it } from 'vitest';
import { peopleTeam } from '../people-team.ts';
import { inHouseSite, smallScenario, team, workflow } from '../small-scenario.ts';
import { planningData } from '../solved-plan.ts';

/** The reasons that keep the workflow from the team, and whether it has a column there. */
function reasonsOf(needs: object, offer: object, siteOffer: object, placements: object[] = []) {
  const { ineligible: ineligibleOf, placements: columns } = planningData({
    ...smallScenario(),
    sites: [{ ...inHouseSite('luzon'), ...siteOffer }],
    teams: [{ ...team('manila', 'luzon', 10, 100), ...offer }],
    workflows: [{ ...workflow('appeals', 50), ...needs }],
    placements,
  });
  const ineligible = ineligibleOf(0);
  expect(columns.count).toBe(ineligible.length === 0 ? 1 : 0);
  return ineligible.flatMap(({ reasons }) => reasons);
}

const forbidden = [{ workflow: 'appeals', team: 'manila', allowed: false }];

describe('a team may not take a workflow', () => {
  it.each([
    [
      'without one of its skills',
      { skills: ['law', 'en'] },
      { skills: ['en'] },
      {},
      { rule: 'skill', needed: ['en', 'law'], has: ['en'] },
    ],
    [
      'at a site below its security tier',
      { securityTier: 4 },
      {},
      { securityTier: 2 },
      { rule: 'security-tier', needed: 4, has: 2 },
    ],
    [
      'at a site that names no tier and so has 1',
      { securityTier: 2 },
      {},
      {},
      { rule: 'security-tier', needed: 2, has: 1 },
    ],
    [
      'at a site without one of its controls',
      { controls: ['pci'] },
      {},
      { controls: ['clean-room'] },
      { rule: 'control', needed: ['pci'], has: ['clean-room'] },
    ],
    [
      'in a country that is not allowed',
      { allowedCountries: ['US', 'PH'] },
      {},
      { country: 'PL' },
      { rule: 'country', needed: ['PH', 'US'], has: 'PL' },
    ],
    [
      'in no known country where some are allowed',
      { allowedCountries: ['PH'] },
      {},
      {},
      { rule: 'country', needed: ['PH'], has: null },
    ],
    [
      'anywhere where no country is allowed',
      { allowedCountries: [] },
      {},
      { country: 'PH' },
      { rule: 'country', needed: [], has: 'PH' },
    ],
    [
      'in a denied country',
      { deniedCountries: ['PL'] },
      {},
      { country: 'PL' },
      { rule: 'country', needed: { not: ['PL'] }, has: 'PL' },
    ],
    [
      'in no known country where some are denied',
      { deniedCountries: ['PL'] },
      {},
      {},
      { rule: 'country', needed: { not: ['PL'] }, has: null },
    ],
    [
      'that is too complex for it',
      { complexity: 3 },
      { maxComplexity: 2 },
      {},
      { rule: 'complexity', needed: 3, has: 2 },
    ],
  ])('%s', (_, needs, offer, siteOffer, reason) => {
    expect(reasonsOf(needs, offer, siteOffer)).toEqual([reason]);
  });

  it('where a placement forbids it', () => {
    expect(reasonsOf({}, {}, {}, forbidden)).toEqual([{ rule: 'not-allowed', needed: true, has: false }]);
  });
});

describe('a team may take a workflow', () => {
  it.each([
    ['with more skills than it needs', { skills: ['en'] }, { skills: ['en', 'law'] }, {}],
    ['at a site of just its tier', { securityTier: 4 }, {}, { securityTier: 4 }],
    ['at a site with more controls', { controls: ['pci'] }, {}, { controls: ['pci', 'clean-room'] }],
    ['in an allowed country', { allowedCountries: ['PH', 'US'] }, {}, { country: 'US' }],
    ['in a country that is not denied', { deniedCountries: ['PL'] }, {}, { country: 'PH' }],
    ['in no known country where none is denied', { deniedCountries: [] }, {}, {}],
    ['of just its complexity', { complexity: 3 }, { maxComplexity: 3 }, {}],
    ['of any complexity where it has no limit', { complexity: 100 }, {}, {}],
    ['of complexity 1 by default', {}, { maxComplexity: 1 }, {}],
    [
      'whose skill is spelled with other code points of the same text',
      { skills: ['é'] },
      { skills: ['e\u0301'] },
      {},
    ],
  ])('%s', (_, needs, offer, siteOffer) => {
    expect(reasonsOf(needs, offer, siteOffer)).toEqual([]);
  });
});

it('gives every reason at once', () => {
  const needs = {
    skills: ['law'],
    securityTier: 3,
    controls: ['pci'],
    allowedCountries: ['PH'],
    deniedCountries: ['PL'],
    complexity: 5,
  };
  const rules = reasonsOf(needs, { maxComplexity: 1 }, { country: 'PL' }, forbidden).map(({ rule }) => rule);
  expect(rules).toEqual([
    'skill',
    'security-tier',
    'control',
    'country',
    'country',
    'complexity',
    'not-allowed',
  ]);
});

it('lifts nothing but a prohibition with allowed: true', () => {
  const allowed = [{ workflow: 'appeals', team: 'manila', allowed: true }];
  expect(reasonsOf({ skills: ['law'] }, {}, {}, allowed)).toHaveLength(1);
});

describe('a team whose people may be trained in a second skill', () => {
  const site = [inHouseSite('luzon')];
  const withSkills = (needs: object) => {
    const { ineligible, placements } = planningData({
      ...smallScenario(),
      sites: site,
      teams: [
        {
          ...peopleTeam(
            {
              openingHeads: 1,
              crossTraining: [
                { skill: 'tagalog', maxHeadsPerPeriod: 1, productivity: 0.5 },
                { skill: 'espan\u0303ol', maxHeadsPerPeriod: 1, productivity: 0.8 },
              ],
            },
            ['P1'],
          ),
          skills: ['en'],
        },
      ],
      workflows: [{ ...workflow('appeals', 50), ...needs }],
    });
    const [hours] = placements.teamHoursPerDemandHour;
    return { ineligible: ineligible(0), hours, secondSkill: placements.secondSkill.get(0) };
  };

  it('may take work that needs just one of them, and is slower at it', () => {
    expect(withSkills({ skills: ['en'] })).toEqual({ ineligible: [], hours: 1, secondSkill: undefined });
    // In the order of their names.
    expect(withSkills({ skills: ['en', 'espa\u00f1ol'] })).toEqual({
      ineligible: [],
      hours: 1.25,
      secondSkill: 0,
    });
    expect(withSkills({ skills: ['tagalog', 'tagalog'] })).toEqual({
      ineligible: [],
      hours: 2,
      secondSkill: 1,
    });
  });

  it('may not take work that needs two of them, another, or a higher tier', () => {
    const has = ['en'];
    for (const needed of [['espa\u00f1ol', 'tagalog'], ['espa\u00f1ol', 'law'], ['law']])
      expect(withSkills({ skills: needed }).ineligible).toEqual([
        { workflow: 'appeals', team: 'manila', reasons: [{ rule: 'skill', needed, has }] },
      ]);
    expect(withSkills({ skills: ['tagalog'], securityTier: 2 }).ineligible).toMatchObject([
      { reasons: [{ rule: 'security-tier' }] },
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { namesOf } from '../../../models/constraint-family.ts';
import { requirementOf } from '../../../models/explanation/requirements.ts';
import type { Scenario } from '../../../models/scenario/schema.ts';
import {
  inHouseSite,
  smallScenario,
  type Site,
  type Team,
  team,
  type Workflow,
  workflow,
} from '../small-scenario.ts';
import { planningData } from '../solved-plan.ts';

/** What the team `manila` at the site `luzon` would need for `appeals`, each with its parts changed. */
function requirements(
  needs: Partial<Workflow>,
  offers: { site?: Partial<Site>; team?: Partial<Team> } = {},
  placements: Scenario['placements'] = [],
) {
  const data = planningData(
    smallScenario({
      sites: [{ ...inHouseSite('luzon'), name: 'Luzon', ...offers.site }],
      teams: [{ ...team('manila', 'luzon', 10, 100), name: 'Manila', ...offers.team }],
      workflows: [{ ...workflow('appeals', 50), name: 'Appeals', ...needs }],
      placements,
    }),
  );
  const pair = { workflow: 'appeals', team: 'manila', site: 'luzon' };
  return data
    .ineligible(0)
    .flatMap(({ reasons }) => reasons.map((reason) => requirementOf(reason, pair, namesOf(data))));
}

describe('satisfied by', () => {
  it('the skills that the team lacks', () => {
    expect(requirements({ skills: ['en', 'de', 'fr'] }, { team: { skills: ['en'] } })).toEqual([
      {
        rule: 'skill',
        sentence: 'Manila would need the skills de, fr',
        satisfiedBy: { kind: 'skill', team: 'manila', words: ['de', 'fr'] },
      },
    ]);
  });

  it('a higher tier of the site', () => {
    expect(requirements({ securityTier: 4 }, { site: { securityTier: 2 } })).toEqual([
      {
        rule: 'security-tier',
        sentence: 'Luzon would need security tier 4 (has 2)',
        satisfiedBy: { kind: 'security-tier', site: 'luzon', level: 4 },
      },
    ]);
  });

  it('a control of the site', () => {
    expect(requirements({ controls: ['pci'] })).toEqual([
      {
        rule: 'control',
        sentence: 'Luzon would need the control pci',
        satisfiedBy: { kind: 'control', site: 'luzon', words: ['pci'] },
      },
    ]);
  });

  it('a higher complexity of the team', () => {
    expect(requirements({ complexity: 4 }, { team: { maxComplexity: 2 } })).toEqual([
      {
        rule: 'complexity',
        sentence: 'Manila would need to take complexity 4 (takes 2)',
        satisfiedBy: { kind: 'complexity', team: 'manila', level: 4 },
      },
    ]);
  });

  it('one more allowed country of the workflow', () => {
    expect(requirements({ allowedCountries: ['US', 'DE'] }, { site: { country: 'PH' } })).toEqual([
      {
        rule: 'country',
        sentence: 'Appeals would have to allow PH (allows DE, US)',
        satisfiedBy: { kind: 'country', workflow: 'appeals', words: ['PH'] },
      },
    ]);
  });
});

describe('satisfied by nothing', () => {
  it('is a denied country', () => {
    expect(requirements({ deniedCountries: ['PH'] }, { site: { country: 'PH' } })).toEqual([
      { rule: 'country', sentence: 'Appeals may not be seen from PH' },
    ]);
  });

  it('is a site that names no country', () => {
    expect(requirements({ allowedCountries: ['US'], deniedCountries: ['PH'] })).toEqual([
      { rule: 'country', sentence: 'Luzon names no country, and Appeals may be seen from US only' },
      { rule: 'country', sentence: 'Luzon names no country, and Appeals may not be seen from PH' },
    ]);
  });

  it('is a prohibition', () => {
    expect(requirements({}, {}, [{ workflow: 'appeals', team: 'manila', allowed: false }])).toEqual([
      { rule: 'not-allowed', sentence: 'it is explicitly forbidden' },
    ]);
  });
});

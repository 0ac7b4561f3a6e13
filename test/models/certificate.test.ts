import { describe, expect, it } from 'vitest';
import { certify, isProvenInfeasible, verifyAnswer, wordOfEngine } from '../../models/certificate.ts';
import type { Plan, PlanPrice } from '../../models/plan.ts';
import type { Scenario } from '../../models/scenario/schema.ts';
import { handMade } from './certificate/hand-made-plan.ts';
import { placing } from './certificate/placing.ts';
import { provenAnswer } from './certificate/proven-answer.ts';
import { inHouseSite, smallScenario, team, vendorSite, workflow } from './small-scenario.ts';

const demand = (id: string, period: string, price: number): PlanPrice => ({
  family: 'demand',
  subject: { workflow: id, period },
  price,
});

describe('a plan without choices', () => {
  it('is proven by its prices', () => {
    const { scenario, answer } = provenAnswer();
    const { duals } = answer.certificate;
    const expected = {
      verified: true,
      maxPrimalViolation: 0,
      maxDualViolation: 0,
      relativeGap: 0,
      boundSource: 'duals',
      engine: 'abacus 1',
      duals,
    };
    expect(certify(scenario, answer, duals, 'abacus 1')).toStrictEqual(expected);
    // Nobody has to say a gap that is proven, and what is said of it is not believed.
    expect(certify(scenario, answer, duals, 'abacus 1', 0.5)).toStrictEqual(expected);
    expect(certify(scenario, answer, duals, 'abacus 1', -1)).toStrictEqual(expected);
  });

  it('is taken at the word of an engine without prices, and says so', () => {
    const { scenario, answer } = provenAnswer();
    expect(certify(scenario, answer, 'engine', 'abacus 1')).toStrictEqual({
      verified: true,
      maxPrimalViolation: 0,
      relativeGap: 0,
      boundSource: 'engine',
      engine: 'abacus 1',
    });
  });

  it('is refused where another is cheaper: ten hours at far for 20 that near would do for 10', () => {
    const { scenario, answer } = provenAnswer();
    const { duals } = answer.certificate;
    const [first, second, ...others] = answer.allocation;
    const dear = { ...answer, totalCost: 1040, costs: { ...answer.costs, handling: 1040 } };
    dear.allocation = [
      { ...first, hours: 20, teamHours: 20, share: 0.4, cost: 200 },
      { ...second, hours: 30, teamHours: 30, share: 0.6, cost: 600 },
      ...others,
    ];
    const gap = 100 / 1040;
    expect(certify(scenario, dear, duals, '')).toMatchObject({
      verified: false,
      maxPrimalViolation: 0,
      maxDualViolation: 0,
      relativeGap: gap,
      faults: [`the proven bound differs from the cost by ${gap} of it`],
    });
  });

  it('is refused where its prices prove more than it costs', () => {
    const { scenario, answer } = provenAnswer();
    const { duals } = answer.certificate;
    const gap = -100 / 840;
    expect(certify(scenario, { ...answer, totalCost: 840 }, duals, '')).toMatchObject({
      verified: false,
      maxPrimalViolation: 100 / 940,
      relativeGap: gap,
      faults: ['the total cost is off by 100.000', `the proven bound differs from the cost by ${gap} of it`],
    });
  });

  it('is refused for prices of no limit, and they are counted', () => {
    const { scenario, answer } = provenAnswer();
    const { duals } = answer.certificate;
    const { verified, faults } = certify(scenario, answer, [...duals, duals[0], demand('chat', 'P1', 1)], '');
    expect(verified).toBe(false);
    expect(faults).toEqual(['2 prices name no limit of the scenario, or one twice']);
  });

  it('is refused for a price of the wrong sign above a millionth, though it proves nothing else', () => {
    const { scenario, answer } = provenAnswer();
    const { duals } = answer.certificate;
    const paid = (price: number): PlanPrice[] => [
      ...duals,
      { family: 'team-capacity', subject: { team: 'far', period: 'P1' }, price },
    ];
    expect(certify(scenario, answer, paid(1e-6), '')).toMatchObject({
      verified: true,
      maxDualViolation: 1e-6,
    });
    expect(certify(scenario, answer, paid(2e-6), '')).toMatchObject({
      verified: false,
      maxDualViolation: 2e-6,
      faults: ['a price or reduced cost has the wrong sign by 0.000002'],
    });
  });

  it('may cost a millionth more than is proven, or of one where it costs less', () => {
    const costing = (rate: number) => {
      const scenario = smallScenario({
        teams: [team('manila', 'luzon', rate, 100)],
        workflows: [workflow('appeals', 1)],
      });
      const sites = [{ site: 'luzon', open: true, openingCost: 0 }];
      return certify(scenario, placing([['appeals', 'manila', 'luzon', 'P1', 1, rate]], sites), [], '');
    };
    expect(costing(1e-6)).toMatchObject({ verified: true, relativeGap: 1e-6 });
    expect(costing(2e-6)).toMatchObject({ verified: false, relativeGap: 2e-6 });
    expect(costing(0.5)).toMatchObject({ verified: false, relativeGap: 0.5 });
    expect(costing(4)).toMatchObject({ verified: false, relativeGap: 1 });
  });

  it('has violations that are numbers whatever is wrong with it', () => {
    const { scenario, answer } = provenAnswer();
    const huge = [demand('calls', 'P1', 1.7e308)];
    huge.push({ family: 'in-house-share', subject: { period: 'P1' }, price: 1.7e308 });
    const certificate = certify(scenario, { ...answer, currency: 'EUR' }, huge, '');
    expect(certificate).toMatchObject({
      verified: false,
      maxPrimalViolation: Number.MAX_VALUE,
      maxDualViolation: Number.MAX_VALUE,
    });
  });
});

describe('a plan with choices', () => {
  it('is proven among those with the same choices, and its gap is the word of the engine', () => {
    const { scenario, plan } = handMade();
    const expected = { verified: true, maxPrimalViolation: 0, boundSource: 'engine', engine: 'x 1' };
    for (const gap of [0, 0.25]) {
      const certificate = certify(scenario, plan, 'engine', 'x 1', gap);
      expect(certificate).toStrictEqual({ ...expected, relativeGap: gap });
    }
  });

  it('has to say a gap', () => {
    const { scenario, plan } = handMade();
    const faults = ['the plan has choices and says no gap'];
    expect(certify(scenario, plan, 'engine', 'x 1')).toMatchObject({
      verified: false,
      relativeGap: Number.MAX_VALUE,
      faults,
    });
    for (const nothing of [-0.1, NaN]) {
      expect(certify(scenario, plan, 'engine', 'x 1', nothing)).toMatchObject({ verified: false, faults });
    }
  });

  it('is one of a scenario in which a site may be opened, sites are counted or hours have a minimum', () => {
    const periods = [{ id: 'P1' }, { id: 'P2' }];
    const base = smallScenario({
      periods,
      teams: [team('manila', 'luzon', 10, 100), team('cebu', 'luzon', 20, 100, ['P2'])],
      workflows: [workflow('appeals', 50), { id: 'chat', skills: ['thai'], demand: [] }],
    });
    const plan = placing(
      [['appeals', 'manila', 'luzon', 'P1', 50, 10]],
      [{ site: 'luzon', open: true, openingCost: 0 }],
    );
    const sourceOf = (change: (scenario: Scenario) => void, opening = 0) => {
      const scenario = structuredClone(base);
      change(scenario);
      const opened = structuredClone(plan);
      opened.costs.opening = opened.sites[0].openingCost = opening;
      opened.totalCost += opening;
      const certificate = certify(scenario, opened, [demand('appeals', 'P1', 10)], '', 0);
      expect(certificate.faults).toBeUndefined();
      return certificate.boundSource;
    };
    expect(sourceOf(() => undefined)).toBe('duals');
    expect(sourceOf(({ sites }) => (sites[0].openingCost = 0))).toBe('duals');
    expect(sourceOf(({ sites }) => (sites[0].openingCost = 5), 5)).toBe('engine');
    expect(sourceOf(({ workflows }) => (workflows[0].maxSites = 1))).toBe('engine');
    expect(sourceOf(({ workflows }) => (workflows[0].minimumTeamHours = 0))).toBe('duals');
    expect(sourceOf(({ workflows }) => (workflows[0].minimumTeamHours = 5))).toBe('engine');
    // Work that no team may take has no site to choose.
    expect(sourceOf(({ workflows }) => (workflows[1].maxSites = 1))).toBe('duals');
    expect(sourceOf(({ workflows }) => (workflows[1].minimumTeamHours = 5))).toBe('duals');
    // Work that one team may take in one period has.
    const inP2 = ({ workflows, teams }: Scenario) => {
      workflows[1].demand.push({ period: 'P2', hours: 0 });
      teams[1].skills = ['thai'];
      workflows[1].maxSites = 1;
    };
    expect(sourceOf(inP2)).toBe('engine');
  });

  /** Near costs 30 an hour and far 10, both without limit; there are calls and mail, in P1 and P2. */
  const nearAndFar = (calls: Partial<Scenario['workflows'][number]>, openingCost?: number) =>
    smallScenario({
      periods: [{ id: 'P1' }, { id: 'P2' }],
      sites: [inHouseSite('own'), { ...vendorSite('theirs', 'acme'), ...(openingCost && { openingCost }) }],
      teams: [team('near', 'own', 30, null, ['P1', 'P2']), team('far', 'theirs', 10, null, ['P1', 'P2'])],
      workflows: [{ ...workflow('calls', 100, 100), ...calls }, workflow('mail', 10, 10)],
    });
  const atNear = (id: string, period: string, hours: number) =>
    [id, 'near', 'own', period, hours, 30] as const;
  const atFar = (id: string, period: string, hours: number) =>
    [id, 'far', 'theirs', period, hours, 10] as const;
  const sites = (own: boolean, theirs: boolean, openingCost = 0) => [
    { site: 'own', open: own, openingCost: 0 },
    { site: 'theirs', open: theirs, openingCost },
  ];
  const prices = (calls1: number, calls2: number, mail1: number, mail2: number) => [
    demand('calls', 'P1', calls1),
    demand('calls', 'P2', calls2),
    demand('mail', 'P1', mail1),
    demand('mail', 'P2', mail2),
  ];
  const everything: [string, string, number][] = [
    ['calls', 'P1', 100],
    ['calls', 'P2', 100],
    ['mail', 'P1', 10],
    ['mail', 'P2', 10],
  ];

  it('is not held against a site that it leaves closed: all at near for 30, far closed', () => {
    const plan = placing(
      everything.map((each) => atNear(...each)),
      sites(true, false),
    );
    expect(plan.totalCost).toBe(6600);
    expect(certify(nearAndFar({}, 500), plan, prices(30, 30, 30, 30), '', 0.5).faults).toBeUndefined();
    expect(certify(nearAndFar({}), plan, prices(30, 30, 30, 30), '', 0.5).verified).toBe(false);
  });

  it('pays for a site that it opens, and prices have to prove the rest: all at far for 10', () => {
    const plan = placing(
      everything.map((each) => atFar(...each)),
      sites(false, true, 500),
    );
    expect(plan.totalCost).toBe(2700);
    expect(certify(nearAndFar({}, 500), plan, prices(10, 10, 10, 10), '', 0).faults).toBeUndefined();
    expect(certify(nearAndFar({}, 500), plan, prices(30, 30, 30, 30), '', 0).verified).toBe(false);
  });

  it('is held against a site that it has opened: calls at near, though mail has opened far for them', () => {
    const plan = placing(
      everything.map((each) => (each[0] === 'calls' ? atNear(...each) : atFar(...each))),
      sites(true, true, 500),
    );
    const { faults } = certify(nearAndFar({}, 500), plan, prices(30, 30, 10, 10), '', 0);
    expect(faults).toContain(`a price or reduced cost has the wrong sign by ${20 / 30}`);
  });

  it('is held against a site where it has hours: half of the calls of P1 at near, for 20 on average', () => {
    const others = everything.filter(([id, period]) => id === 'mail' || period === 'P2');
    const plan = placing(
      [atNear('calls', 'P1', 50), atFar('calls', 'P1', 50), ...others.map((each) => atFar(...each))],
      sites(true, true),
    );
    const { faults } = certify(nearAndFar({ minimumTeamHours: 5 }), plan, prices(20, 10, 10, 10), '', 0);
    expect(faults).toContain('a price or reduced cost has the wrong sign by 0.5');
  });

  it('is not held against a site that a workflow is not at: calls at near, though mail is at far', () => {
    const plan = placing(
      everything.map((each) => (each[0] === 'calls' ? atNear(...each) : atFar(...each))),
      sites(true, true),
    );
    const given = prices(30, 30, 10, 10);
    expect(certify(nearAndFar({ maxSites: 1 }), plan, given, '', 0.5).faults).toBeUndefined();
    expect(certify(nearAndFar({}), plan, given, '', 0.5).verified).toBe(false);
    // Mail may be anywhere, so it could save 10 an hour at far were it at near.
    const allNear = placing(
      everything.map((each) => atNear(...each)),
      sites(true, false),
    );
    expect(certify(nearAndFar({ maxSites: 1 }), allNear, prices(30, 30, 30, 30), '', 0).verified).toBe(false);
  });

  it('has the same sites in all periods, but a minimum is chosen in each: calls at near in P1, at far in P2', () => {
    const plan = placing(
      everything.map(([id, period, hours]) =>
        id === 'calls' && period === 'P1' ? atNear(id, period, hours) : atFar(id, period, hours),
      ),
      sites(true, true),
    );
    const given = prices(30, 10, 10, 10);
    expect(certify(nearAndFar({ minimumTeamHours: 5 }), plan, given, '', 0.5).faults).toBeUndefined();
    expect(certify(nearAndFar({ maxSites: 2 }), plan, given, '', 0.5).verified).toBe(false);
  });

  it('keeps a minimum where it has hours, at a price: 5 of 100 hours at near, 20 dearer each', () => {
    const scenario = nearAndFar({ minimumTeamHours: 5 });
    const others = everything.filter(([id, period]) => id === 'mail' || period === 'P2');
    const plan = placing(
      [atNear('calls', 'P1', 5), atFar('calls', 'P1', 95), ...others.map((each) => atFar(...each))],
      sites(true, true),
    );
    const minimum = (site: string, period: string): PlanPrice => ({
      family: 'minimum-team-hours',
      subject: { workflow: 'calls', site, period },
      price: 20,
    });
    const given = prices(10, 10, 10, 10);
    expect(certify(scenario, plan, [...given, minimum('own', 'P1')], '', 0).faults).toBeUndefined();
    expect(certify(scenario, plan, given, '', 0).verified).toBe(false);
    expect(certify(scenario, plan, [...given, minimum('own', 'P2')], '', 0).faults).toContain(
      '1 prices name no limit of the scenario, or one twice',
    );
  });
});

describe('an answer', () => {
  it('holds where plan, prices and report do', () => {
    const { scenario, answer } = provenAnswer();
    expect(verifyAnswer(scenario, answer)).toEqual([]);
    expect(verifyAnswer(scenario, { ...answer, status: 'feasible' })).toEqual([]);
  });

  it('claims of a cross-check the cost of the plan', () => {
    const { scenario, answer } = provenAnswer();
    const claiming = (totalCost: number) =>
      verifyAnswer(scenario, {
        ...answer,
        certificate: { ...answer.certificate, crossCheck: { engine: 'another', totalCost } },
      });
    const faults = ['the cross-check found another cost than the plan states'];
    // The plan costs 940; a millionth of that is 0.00094.
    for (const cost of [940, 939.9991, 940.0009]) expect(claiming(cost)).toEqual([]);
    for (const cost of [939.999, 940.001, 0, NaN]) expect(claiming(cost)).toEqual(faults);
  });

  it('claims of a cross-check with choices no cost below its gap', () => {
    const { scenario, plan } = handMade();
    const claiming = (share: number) => {
      const certificate = certify(scenario, plan, 'engine', 'x 1', 0.25);
      const crossCheck = { engine: 'another', totalCost: plan.totalCost * share };
      const answer = { status: 'feasible', ...plan, gap: 0.25 } as const;
      return verifyAnswer(scenario, { ...answer, certificate: { ...certificate, crossCheck } });
    };
    // The other engine may have been content with a dearer plan.
    for (const share of [0.75, 1, 2]) expect(claiming(share)).toEqual([]);
    expect(claiming(0.74)).toEqual(['the cross-check found another cost than the plan states']);
  });

  it.each(['failed', 'unbounded'] as const)(
    'that is %s claims nothing, whatever numbers it has',
    (status) => {
      const { scenario, answer } = provenAnswer();
      expect(verifyAnswer(scenario, { ...answer, status })).toEqual([
        `an answer with status ${status} claims nothing that could be proven`,
      ]);
    },
  );

  it.each(['totalCost', 'currency', 'costs', 'allocation', 'shortfall', 'backlog', 'sites'] as const)(
    'is refused without its %s',
    (field) => {
      const { scenario, answer } = provenAnswer();
      const { [field]: _dropped, ...rest } = answer;
      expect(verifyAnswer(scenario, rest as Plan)).toEqual(['the plan lacks some of its numbers']);
    },
  );

  it('is refused for what is wrong with its plan and its report, both', () => {
    const { scenario, answer } = provenAnswer();
    answer.totalCost = 840;
    answer.sensitivity.basis = 'choices-fixed';
    expect(verifyAnswer(scenario, answer)).toEqual([
      'the total cost is off by 100.000',
      `the proven bound differs from the cost by ${-100 / 840} of it`,
      'the plan is not proven optimal',
      'the report does not say what its prices hold for',
    ]);
  });

  it('with choices is held to the gap that it says', () => {
    const { scenario, plan } = handMade();
    const certificate = certify(scenario, plan, 'engine', 'x 1', 0.25);
    expect(verifyAnswer(scenario, { status: 'feasible', ...plan, certificate, gap: 0.25 })).toEqual([]);
    expect(verifyAnswer(scenario, { status: 'feasible', ...plan, certificate })).toEqual([
      'the plan has choices and says no gap',
      'the plan is not proven feasible',
    ]);
  });

  const unpriced = (): { scenario: Scenario; answer: Plan & { certificate: object } } => {
    const { scenario, answer } = provenAnswer();
    const { duals: _duals, ...rest } = answer.certificate;
    const { sensitivity: _report, ...plan } = answer;
    return { scenario, answer: { ...plan, certificate: { ...rest, boundSource: 'engine' } } };
  };

  it('without prices is taken at the word of its engine only where it says so', () => {
    const { scenario, answer } = unpriced();
    expect(verifyAnswer(scenario, answer)).toEqual([]);
    const faults = ['the proven bound differs from the cost by 1 of it', 'the plan is not proven optimal'];
    const { certificate, ...bare } = answer;
    expect(verifyAnswer(scenario, bare)).toEqual(faults);
    const silent = { ...certificate, boundSource: 'duals' as const } as NonNullable<Plan['certificate']>;
    expect(verifyAnswer(scenario, { ...bare, certificate: silent })).toEqual(faults);
    // Prices that are there have to prove it, whoever is said to be its source.
    const empty = { ...certificate, duals: [] } as unknown as NonNullable<Plan['certificate']>;
    expect(verifyAnswer(scenario, { ...bare, certificate: empty })).toEqual(faults);
  });

  it('without prices may say why it has no report, but has none', () => {
    const { scenario, answer } = unpriced();
    const { sensitivity } = provenAnswer().answer;
    expect(verifyAnswer(scenario, { ...answer, sensitivity: { unavailable: 'No prices.' } })).toEqual([]);
    expect(verifyAnswer(scenario, { ...answer, sensitivity })).toEqual([
      'the report has prices, and the plan has none that prove them',
    ]);
  });

  it('says whose word it is as far as it is not proven', () => {
    const proven = provenAnswer();
    expect(wordOfEngine(proven.scenario, proven.answer)).toBeUndefined();
    const engines = unpriced();
    const noOther = 'that no plan is cheaper is the word of abacus 1 alone';
    expect(wordOfEngine(engines.scenario, engines.answer)).toBe(noOther);

    const { scenario, plan } = handMade();
    const priced = { ...certify(scenario, plan, 'engine', 'x 1', 0), duals: [] };
    const word = (gap?: number) =>
      wordOfEngine(scenario, { status: 'feasible', ...plan, certificate: priced, ...(gap && { gap }) });
    expect(word()).toBe('that no other choices are better by more than 0 % is the word of x 1 alone');
    const { allocation, ...others } = plan;
    expect(wordOfEngine(scenario, { status: 'feasible', ...others, certificate: priced })).toBeUndefined();
    expect(wordOfEngine(scenario, { status: 'feasible', allocation })).toBeUndefined();
    expect(word(0.01234)).toBe(
      'that no other choices are better by more than 1.2 % is the word of x 1 alone',
    );
  });
});

describe('that there is no plan', () => {
  /** 50 hours arrive and the team has 30 of its own. */
  const scenario = smallScenario({ teams: [team('manila', 'luzon', 10, 30)] });
  const capacity = (price: number): PlanPrice => ({
    family: 'team-capacity',
    subject: { team: 'manila', period: 'P1' },
    price,
  });
  const infeasible = (weights: readonly PlanPrice[]): Plan => ({
    status: 'infeasible',
    diagnosis: {
      conflict: weights.map(({ family, subject, price: weight }) => ({
        ...{ family, subject, weight, label: '', requirement: '' },
      })),
      facts: [],
      sentence: '',
    },
  });
  const unproven = ['the conflict does not prove that there is no plan'];

  it('is proven by what arrives and what can be done: 50 hours against 30', () => {
    const weights = [demand('appeals', 'P1', 1), capacity(-1)];
    expect(isProvenInfeasible(scenario, weights)).toBe(true);
    expect(verifyAnswer(scenario, infeasible(weights))).toEqual([]);
  });

  it.each<[string, PlanPrice[]]>([
    ['nothing', []],
    ['demand alone, which costs can pay for', [demand('appeals', 'P1', 1)]],
    ['capacity alone', [capacity(-1)]],
    ['capacity of the wrong sign', [demand('appeals', 'P1', 1), capacity(1)]],
    ['more weight on capacity than on demand', [demand('appeals', 'P1', 1), capacity(-10)]],
    ['a limit that is not there', [demand('appeals', 'P1', 1), capacity(-1), demand('chat', 'P1', 0)]],
    ['a limit twice', [demand('appeals', 'P1', 1), capacity(-1), capacity(-1)]],
  ])('is not proven by %s', (_what, weights) => {
    expect(isProvenInfeasible(scenario, weights)).toBe(false);
  });

  it('is not proven where there is just enough, nor by what rounding leaves', () => {
    const weights = [demand('appeals', 'P1', 1), capacity(-1)];
    for (const hours of [50, 50 * (1 - 1e-13)]) {
      const enough = smallScenario({ teams: [team('manila', 'luzon', 10, hours)] });
      expect(isProvenInfeasible(enough, weights)).toBe(false);
      expect(verifyAnswer(enough, infeasible(weights))).toEqual(unproven);
    }
    const scant = smallScenario({ teams: [team('manila', 'luzon', 10, 50 * (1 - 1e-9))] });
    expect(isProvenInfeasible(scant, weights)).toBe(true);
  });

  it('is the word of the engine alone where no limits are named', () => {
    const word = ['that there is no plan is the word of the engine alone'];
    expect(verifyAnswer(scenario, infeasible([]))).toEqual(word);
    expect(verifyAnswer(scenario, { status: 'infeasible' })).toEqual(word);
  });

  describe('for a workflow at one site', () => {
    const atOne = (...hours: number[]) =>
      smallScenario({
        sites: [inHouseSite('luzon'), vendorSite('cebu', 'acme')],
        teams: [team('manila', 'luzon', 10, 30), team('acme', 'cebu', 10, 30)],
        workflows: hours.map((each, at) => ({ ...workflow(`w${at}`, each), maxSites: 1 })),
      });
    const maxSites = (id?: string): PlanPrice => ({
      family: 'max-sites',
      subject: id === undefined ? {} : { workflow: id },
      price: 1,
    });

    it('is proven where no site has room for it, and only then', () => {
      expect(isProvenInfeasible(atOne(31), [maxSites('w0')])).toBe(true);
      expect(isProvenInfeasible(atOne(30), [maxSites('w0')])).toBe(false);
    });

    it('has to be so of every workflow named, and of nothing else', () => {
      const given = atOne(31, 1);
      expect(isProvenInfeasible(given, [maxSites('w0'), maxSites('w1')])).toBe(false);
      expect(isProvenInfeasible(given, [maxSites('w1')])).toBe(false);
      expect(isProvenInfeasible(given, [maxSites('w0'), demand('w0', 'P1', 1)])).toBe(false);
      expect(isProvenInfeasible(given, [maxSites('w0'), maxSites('none')])).toBe(false);
      expect(isProvenInfeasible(given, [maxSites()])).toBe(false);
    });
  });
});

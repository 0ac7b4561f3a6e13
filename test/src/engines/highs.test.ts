import { describe } from 'vitest';
import { loadHighsEngine } from '../../../src/engines/highs.ts';
import { describeEngine } from './conformance.ts';

const abilities = {
  name: 'highs',
  hasPrices: true,
  hasRanges: true,
  hasRays: true,
  keepsTimeLimit: true,
  large: { teams: 60, workflows: 420 },
};

describe('by simplex from the bases of the periods', () => {
  describeEngine({ ...abilities, load: () => loadHighsEngine() });
});

describe('by simplex from nothing, where those lead nowhere', () => {
  const patience = () => ({ fromPeriods: 0, fromNothing: 1e6 });
  describeEngine({ ...abilities, load: () => loadHighsEngine(patience) });
});

describe('by interior point, where simplex is given up on at once', () => {
  describeEngine({ ...abilities, load: () => loadHighsEngine(() => ({ fromPeriods: 0, fromNothing: 0 })) });
});

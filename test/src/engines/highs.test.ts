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

describe('by simplex', () => {
  describeEngine({ ...abilities, load: () => loadHighsEngine() });
});

describe('by interior point, where simplex is given up on at once', () => {
  describeEngine({ ...abilities, load: () => loadHighsEngine(() => 0) });
});

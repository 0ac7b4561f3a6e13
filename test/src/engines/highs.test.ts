import { loadHighsEngine } from '../../../src/engines/highs.ts';
import { describeEngine } from './conformance.ts';

describeEngine({ name: 'highs', load: loadHighsEngine, hasPrices: true, hasRanges: true, hasRays: true });

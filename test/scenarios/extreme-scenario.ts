import { checkScenario } from '../../models/scenario/check-scenario.ts';
import { normaliseScenario } from '../../models/scenario/normalise-scenario.ts';
import type { Scenario } from '../../models/scenario/schema.ts';
import { randomScenario } from './random-scenario.ts';
import { SeededRandom } from './seeded-random.ts';

type Kind = 'quantity' | 'money' | 'factor';

/** The fields whose sizes are pushed apart, and what each is a number of. */
const KIND_OF_FIELD: Readonly<Record<string, Kind>> = {
  hours: 'quantity',
  fte: 'quantity',
  contacts: 'quantity',
  maxHours: 'quantity',
  openingHours: 'quantity',
  minimumTeamHours: 'quantity',
  seats: 'quantity',
  amount: 'money',
  costPerDemandHour: 'money',
  shortfallCostPerHour: 'money',
  costPerHourPeriod: 'money',
  openingCost: 'money',
  handlingFactor: 'factor',
};

const SPREADS = [8, 16, 20, 30, 'ends'] as const;

/**
 * A random scenario whose numbers are pushed apart: some of them, of one kind or of several, are multiplied by up to
 * 15 powers of ten either way, or replaced by the ends of the contract's range, 1e-6 and 1e9.
 *
 * Undefined where the draw is refused for another reason than how far its numbers lie apart.
 */
export function extremeScenario(seed: number): Scenario | undefined {
  const random = new SeededRandom(seed + 1_000_000);
  const scenario = structuredClone(randomScenario(seed));
  const kinds = random.pick<readonly Kind[]>([
    ['quantity'],
    ['money'],
    ['factor'],
    ['quantity', 'money'],
    ['quantity', 'money', 'factor'],
  ]);
  const chance = random.pick([0.15, 0.5, 1]);
  const spread = SPREADS[seed % SPREADS.length];
  const pushed = (value: number) =>
    spread === 'ends'
      ? random.pick([1e-6, 1e9, value])
      : Math.min(1e9, Math.max(1e-6, value * 10 ** random.between(-spread / 2, spread / 2)));
  pushNumbers(scenario, (field, value) =>
    value !== 0 && kinds.includes(KIND_OF_FIELD[field]) && random.chance(chance) ? pushed(value) : value,
  );
  return isOtherwiseValid(scenario) ? scenario : undefined;
}

function pushNumbers(value: unknown, push: (field: string, value: number) => number): void {
  if (typeof value !== 'object' || value === null) return;
  const fields = value as Record<string, unknown>;
  for (const [field, part] of Object.entries(fields)) {
    if (typeof part === 'number') fields[field] = push(field, part);
    else pushNumbers(part, push);
  }
}

function isOtherwiseValid(scenario: Scenario): boolean {
  if (checkScenario(scenario).faults) return false;
  return (normaliseScenario(scenario).faults ?? []).every(({ code }) => code === 'number-range');
}

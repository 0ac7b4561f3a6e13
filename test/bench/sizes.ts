import type { DeliveryModelSize } from './delivery-model.ts';

/** The programs of the bench, named by about how many columns, or how many yes/no choices, they have. */
export const LINEAR_SIZES = {
  '1k': { name: '1k', workflows: 40, teams: 28, sites: 12, vendors: 4, periods: 4 },
  '14k': { name: '14k', workflows: 180, teams: 84, sites: 24, vendors: 6, periods: 13 },
  '43k': { name: '43k', workflows: 270, teams: 125, sites: 40, vendors: 8, periods: 26 },
  '43k back office': {
    name: '43k back office',
    workflows: 250,
    teams: 118,
    sites: 40,
    vendors: 8,
    periods: 26,
    isBackOffice: true,
  },
  '237k': { name: '237k', workflows: 740, teams: 330, sites: 60, vendors: 10, periods: 52 },
} as const satisfies Record<string, DeliveryModelSize>;

export const CHOICE_SIZES = {
  '170 choices': {
    ...LINEAR_SIZES['1k'],
    name: '170 choices',
    opening: 0.7,
    withMaxSites: 18,
    withMinimum: 10,
  },
  '940 choices': {
    ...LINEAR_SIZES['14k'],
    name: '940 choices',
    opening: 0.7,
    withMaxSites: 90,
    withMinimum: 16,
  },
} as const satisfies Record<string, DeliveryModelSize>;

export function sizeNamed(name: string): DeliveryModelSize {
  const sizes: Record<string, DeliveryModelSize | undefined> = { ...LINEAR_SIZES, ...CHOICE_SIZES };
  const size = sizes[name];
  if (size === undefined)
    throw new Error(`There is no size ${name}; there are ${Object.keys(sizes).join(', ')}.`);
  return size;
}

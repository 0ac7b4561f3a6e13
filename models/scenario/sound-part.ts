import type { Fault } from '../fault.ts';
import { isRecord } from './schema-faults.ts';
import { knownCurrency } from './sound-contracts.ts';
import type { Scenario } from './schema.ts';

/** A scenario without its faulty parts, and the way back from its pointers to those of the whole. */
export interface SoundPart {
  readonly scenario: Scenario;
  readonly inWhole: (fault: Fault) => Fault;
}

type List = 'sites' | 'teams' | 'workflows' | 'placements' | 'contracts';

/**
 * What is left of a scenario once every faulty site, team, workflow and contract is taken out, with all that hangs on them, so
 * that the checks which need sound data can look at the rest and a user sees their faults at the same time. Teams hang on the contract that pays
 * for them, and a contract of another currency on that of the scenario.
 *
 * Undefined where what is left would be misread: periods or placements with faults bear on everything else.
 */
export function soundPart(value: unknown, faults: readonly Fault[]): SoundPart | undefined {
  if (!isRecord(value)) return undefined;
  const places = faults.map(({ pointer }) => pointer.split('/'));
  if (places.some(([, list, index]) => isWhole(list, index))) return undefined;
  const faulty = (list: List) =>
    new Set(places.flatMap(([, at, index]) => (at === list ? [Number(index)] : [])));

  const sites = keep(value.sites, faulty('sites'), () => true);
  const siteIds = idsOf(sites);
  const currency = knownCurrency(value, faults);
  const contracts = keep(
    value.contracts ?? [],
    faulty('contracts'),
    (contract) => currency !== undefined || contract.currency === undefined,
  );
  const isPaid = payIsKnown(value, sites, contracts);
  const teams = keep(
    value.teams,
    faulty('teams'),
    ({ site }) => siteIds.has(textOf(site)) && isPaid(textOf(site)),
  );
  const workflows = keep(value.workflows, faulty('workflows'), () => true);
  const [teamIds, workflowIds] = [idsOf(teams), idsOf(workflows)];
  const placements = keep(
    value.placements ?? [],
    new Set(),
    ({ team, workflow }) => teamIds.has(textOf(team)) && workflowIds.has(textOf(workflow)),
  );
  const lists = { sites, teams, workflows, placements, contracts: atVendorsOf(sites, contracts) };
  const items = Object.fromEntries(
    Object.entries(lists).map(([list, kept]) => [list, kept.map(({ item }) => item)]),
  );
  const scenario = {
    name: '',
    currency,
    periods: value.periods,
    periodsPerYear: value.periodsPerYear,
    ...items,
  } as unknown as Scenario;
  return { scenario, inWhole: (fault) => ({ ...fault, pointer: pointerInWhole(fault.pointer, lists) }) };
}

/** Whether a fault bears on more than one site, team, workflow or contract. Name and rules bear on no placement. */
function isWhole(list: string, index: string | undefined): boolean {
  if (['sites', 'teams', 'workflows', 'contracts'].includes(list)) return index === undefined;
  return list === '' || list === 'periods' || list === 'placements';
}

/** Tells of a site whether it is known what its teams are paid: by their rates, or by a contract that is sound. */
function payIsKnown(
  { contracts }: Record<string, unknown>,
  sites: readonly Kept[],
  sound: readonly Kept[],
): (site: string) => boolean {
  const soundOnes = new Set<unknown>(sound.map(({ item }) => item));
  const others = (Array.isArray(contracts) ? contracts : []).filter((each) => !soundOnes.has(each));
  const unknown = new Set(others.map((each) => (isRecord(each) ? textOf(each.vendor) : '')));
  const vendorAt = new Map(sites.map(({ item }) => [textOf(item.id), textOf(item.vendor)]));
  return (site) => {
    const vendor = vendorAt.get(site) ?? '';
    // A contract that does not say with whom it is may be with any vendor.
    return vendor === '' || !(unknown.has(vendor) || unknown.has(''));
  };
}

function atVendorsOf(sites: readonly Kept[], contracts: readonly Kept[]): Kept[] {
  const vendors = new Set(sites.map(({ item }) => textOf(item.vendor)));
  return contracts.filter(({ item }) => vendors.has(textOf(item.vendor)));
}

interface Kept {
  readonly item: Record<string, unknown>;
  readonly sentAt: number;
}

function keep(
  list: unknown,
  faulty: ReadonlySet<number>,
  isSound: (item: Record<string, unknown>) => boolean,
): Kept[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((item: unknown, sentAt) =>
    !faulty.has(sentAt) && isRecord(item) && isSound(item) ? [{ item, sentAt }] : [],
  );
}

function idsOf(kept: readonly Kept[]): ReadonlySet<string> {
  return new Set(kept.map(({ item }) => textOf(item.id)));
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.normalize() : '';
}

function pointerInWhole(pointer: string, lists: Readonly<Record<List, readonly Kept[]>>): string {
  const [root, list, index, ...rest] = pointer.split('/');
  if (!Object.hasOwn(lists, list) || index === '') return pointer;
  return [root, list, lists[list as List][Number(index)].sentAt, ...rest].join('/');
}

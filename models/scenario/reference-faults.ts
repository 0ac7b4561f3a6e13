import type { Fault } from '../fault.ts';
import { jsonPointer } from '../fault.ts';
import { contractReferenceFaults } from './contract-references.ts';
import { headcountFaults } from './headcount-faults.ts';
import { isRecord, MAX_FAULTS, quoted } from './schema-faults.ts';

/**
 * Everything that is wrong between the parts of a scenario: duplicate ids, references to what does not exist, fields
 * that exclude or require each other.
 *
 * Works on any value and skips whatever has the wrong type, so that these faults are reported together with those of
 * the schema. Ids are compared after Unicode normalisation (NFC). Collects at most `MAX_FAULTS` faults.
 */
export function referenceFaults(scenario: unknown): Fault[] {
  if (!isRecord(scenario)) return [];
  const faults: Fault[] = [];
  const isFull = () => faults.length >= MAX_FAULTS;
  const add = (path: readonly PropertyKey[], code: string, message: string) => {
    if (!isFull()) faults.push({ pointer: jsonPointer(path), code, message });
  };
  const report: Report = Object.assign(add, { isFull });
  const known = collectIds(scenario, report);
  checkPeriods(scenario, report);
  checkSites(scenario, report);
  checkTeams(scenario, known, report);
  checkWorkflows(scenario, known, report);
  checkPlacements(scenario, known, report);
  checkRules(scenario, known, report);
  contractReferenceFaults(scenario, report);
  return faults;
}

interface Report {
  (path: readonly PropertyKey[], code: string, message: string): void;
  /** Once true, nothing more is listed: a long list need not be read to its end. */
  readonly isFull: () => boolean;
}
type Reference = 'period' | 'site' | 'team' | 'vendor' | 'workflow';
type KnownIds = Record<Reference, Set<string>>;
interface Item {
  readonly item: Record<string, unknown>;
  readonly index: number;
}

const REFERENCES: readonly Reference[] = ['period', 'site', 'team', 'vendor', 'workflow'];

/** The objects in a list; whatever is no object is the schema's business. */
function itemsOf(value: unknown): Item[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: unknown, index) => (isRecord(item) ? [{ item, index }] : []));
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value.normalize() : undefined;
}

function collectIds(scenario: Record<string, unknown>, report: Report): KnownIds {
  const idsIn = (list: string) => {
    const ids = new Map<string, number>();
    for (const { item, index } of itemsOf(scenario[list])) {
      if (report.isFull()) break;
      const id = textOf(item.id);
      if (id === undefined) continue;
      const first = ids.get(id);
      if (first === undefined) ids.set(id, index);
      else
        report(
          [list, index, 'id'],
          'duplicate-id',
          `${quoted(id)} is already the id of /${list}/${first}. Ids must differ.`,
        );
    }
    return new Set(ids.keys());
  };
  const vendors = itemsOf(scenario.sites).flatMap(({ item }) => textOf(item.vendor) ?? []);
  return {
    period: idsIn('periods'),
    site: idsIn('sites'),
    team: idsIn('teams'),
    workflow: idsIn('workflows'),
    vendor: new Set(vendors),
  };
}

/** Reports a reference to what does not exist. */
function checkReference(
  kind: Reference,
  value: unknown,
  path: readonly PropertyKey[],
  known: KnownIds,
  report: Report,
) {
  const id = textOf(value);
  if (id === undefined || known[kind].has(id)) return;
  const remedy =
    kind === 'vendor'
      ? 'Name a vendor that operates a site.'
      : `Define it under /${kind}s or correct the spelling.`;
  report([...path, kind], `unknown-${kind}`, `There is no ${kind} ${quoted(id)}. ${remedy}`);
}

function checkPeriods(scenario: Record<string, unknown>, report: Report): void {
  let lastDay = '';
  for (const { item, index } of itemsOf(scenario.periods)) {
    const start = typeof item.start === 'string' ? item.start : undefined;
    const end = typeof item.end === 'string' ? item.end : undefined;
    if (start !== undefined && end !== undefined && end < start) {
      report(
        ['periods', index, 'end'],
        'end-before-start',
        'The period ends before it starts. Exchange the dates.',
      );
    }
    if (start !== undefined && start < lastDay) {
      report(
        ['periods', index, 'start'],
        'periods-not-in-order',
        'The period starts before the one before it ends. List periods in time order.',
      );
    }
    const last = end ?? start;
    if (last !== undefined && last > lastDay) lastDay = last;
  }
}

function checkSites(scenario: Record<string, unknown>, report: Report): void {
  for (const { item, index } of itemsOf(scenario.sites)) {
    if (item.operator === 'bpo' && item.vendor === undefined) {
      report(
        ['sites', index, 'vendor'],
        'missing-vendor',
        'A site operated by a BPO needs the vendor that operates it.',
      );
    }
    if (item.operator === 'in-house' && item.vendor !== undefined) {
      report(
        ['sites', index, 'vendor'],
        'vendor-not-allowed',
        'An in-house site has no vendor. Remove the vendor or make the operator "bpo".',
      );
    }
  }
}

function checkTeams(scenario: Record<string, unknown>, known: KnownIds, report: Report): void {
  const seatedSites = new Set(
    itemsOf(scenario.sites).flatMap(({ item }) => (item.seats === undefined ? [] : (textOf(item.id) ?? []))),
  );
  for (const { item, index } of itemsOf(scenario.teams)) {
    const path = ['teams', index];
    checkReference('site', item.site, path, known, report);
    const needsFteForSeats = seatedSites.has(textOf(item.site) ?? '');
    const rate = isRecord(item.rate) ? item.rate : {};
    if (item.paid === 'capacity' && rate.basis === 'contact') {
      report(
        [...path, 'rate', 'basis'],
        'contact-paid-for-capacity',
        'A team paid for its whole capacity cannot be paid by contact. Use another basis, or "paid": "used".',
      );
    }
    checkPeriodEntries(item.capacity, [...path, 'capacity'], known, report);
    headcountFaults(scenario, item, path, report);
    if (isRecord(item.headcount))
      checkPeriodEntries(item.headcount.joining, [...path, 'headcount', 'joining'], known, report);
    for (const { item: entry, index: at } of itemsOf(item.capacity)) {
      if (item.headcount !== undefined) break;
      const entryPath = [...path, 'capacity', at];
      checkCapacityForm(entry, entryPath, report);
      // A mixture of both forms has been reported; it may yet be meant as fte.
      if (entry.hours === undefined || entry.fte !== undefined) continue;
      if (needsFteForSeats) {
        report(
          entryPath,
          'missing-fte',
          'The site limits its seats, so the team needs its capacity as fte, paidHoursPerFte and shrinkage.',
        );
      } else if (item.paid === 'capacity' && rate.basis === 'fte-period') {
        report(
          entryPath,
          'missing-fte',
          'A rate by fte-period for the whole capacity needs fte, paidHoursPerFte and shrinkage.',
        );
      }
      if (item.paid === 'capacity' && entry.hours === null) {
        report(
          [...entryPath, 'hours'],
          'uncapped-paid-for-capacity',
          'A team paid for its whole capacity needs a finite capacity. Give its hours.',
        );
      }
    }
  }
}

function checkCapacityForm(
  entry: Record<string, unknown>,
  path: readonly PropertyKey[],
  report: Report,
): void {
  const fteFields = ['fte', 'paidHoursPerFte', 'shrinkage'];
  const given = fteFields.filter((field) => entry[field] !== undefined);
  if (entry.hours !== undefined && given.length > 0) {
    report(path, 'mixed-forms', 'Give either hours, or fte with paidHoursPerFte and shrinkage, not both.');
  } else if (entry.hours === undefined && given.length < fteFields.length) {
    report(path, 'missing-field', 'Give either hours, or fte with paidHoursPerFte and shrinkage.');
  }
}

function checkDemandForm(entry: Record<string, unknown>, path: readonly PropertyKey[], report: Report): void {
  const given = ['contacts', 'ahtSeconds'].filter((field) => entry[field] !== undefined);
  if (entry.hours !== undefined && given.length > 0) {
    report(path, 'mixed-forms', 'Give either hours, or contacts with ahtSeconds, not both.');
  } else if (entry.hours === undefined && given.length < 2) {
    report(path, 'missing-field', 'Give either hours, or contacts with ahtSeconds.');
  }
}

/** Every entry names a known period, and no period twice. */
function checkPeriodEntries(
  entries: unknown,
  path: readonly PropertyKey[],
  known: KnownIds,
  report: Report,
): void {
  const seen = new Set<string>();
  for (const { item, index } of itemsOf(entries)) {
    checkReference('period', item.period, [...path, index], known, report);
    const period = textOf(item.period);
    if (period === undefined) continue;
    if (seen.has(period)) {
      report(
        [...path, index, 'period'],
        'duplicate-period',
        `The period ${quoted(period)} has an entry already. Keep one.`,
      );
    }
    seen.add(period);
  }
}

function checkWorkflows(scenario: Record<string, unknown>, known: KnownIds, report: Report): void {
  for (const { item, index } of itemsOf(scenario.workflows)) {
    const path = ['workflows', index];
    checkPeriodEntries(item.demand, [...path, 'demand'], known, report);
    for (const { item: entry, index: at } of itemsOf(item.demand))
      checkDemandForm(entry, [...path, 'demand', at], report);
  }
}

function checkPlacements(scenario: Record<string, unknown>, known: KnownIds, report: Report): void {
  const seen = new Map<string, number>();
  for (const { item, index } of itemsOf(scenario.placements)) {
    if (report.isFull()) return;
    const path = ['placements', index];
    checkReference('workflow', item.workflow, path, known, report);
    checkReference('team', item.team, path, known, report);
    checkReference('period', item.period, path, known, report);
    if (typeof item.workflow === 'string' && typeof item.team === 'string') {
      reportRepeat(seen, item, path, 'duplicate-placement', report);
    }
  }
}

/** Rules refer to entities by fields of the entities' names; two rules of one list about the same are one too many. */
function checkRules(scenario: Record<string, unknown>, known: KnownIds, report: Report): void {
  if (!isRecord(scenario.rules)) return;
  for (const [list, rules] of Object.entries(scenario.rules)) {
    const seen = new Map<string, number>();
    for (const { item, index } of itemsOf(rules)) {
      if (report.isFull()) return;
      const path = ['rules', list, index];
      for (const kind of REFERENCES) checkReference(kind, item[kind], path, known, report);
      reportRepeat(seen, item, path, 'duplicate-rule', report);
    }
  }
}

/** Reports an item that refers to exactly the same entities as an earlier one of its list. */
function reportRepeat(
  seen: Map<string, number>,
  item: Record<string, unknown>,
  path: readonly PropertyKey[],
  code: string,
  report: Report,
): void {
  const references = REFERENCES.map((kind) => item[kind]);
  if (references.some((value) => value !== undefined && typeof value !== 'string')) return;
  const key = JSON.stringify(references.map((value) => textOf(value) ?? null));
  const first = seen.get(key);
  const index = path[path.length - 1] as number;
  if (first === undefined) seen.set(key, index);
  else
    report(path, code, `The entry at index ${first} of this list is about the very same. Keep one of them.`);
}

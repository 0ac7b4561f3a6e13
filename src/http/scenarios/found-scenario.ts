import type { Request } from 'express';
import type { RevisionRecord, ScenarioRecord, ScenarioRecords, Tenant } from '../../store/store.ts';
import { HttpProblem } from '../http-problem.ts';
import { pathWord } from '../path-word.ts';
import { etagOf, type Precondition } from '../preconditions.ts';
import { revisionOf } from '../records.ts';

/** The number of a revision as it is written in an address; undefined where it cannot be one. */
export function revisionOfWord(word: unknown): number | undefined {
  return typeof word === 'string' && /^[1-9]\d{0,8}$/.test(word) ? Number(word) : undefined;
}

/** A revision's number in an address; throws a problem with status 404 where it cannot be one. */
export function revisionNumber(request: Request): number {
  const revision = revisionOfWord(pathWord(request, 'revision'));
  if (revision === undefined) throw new HttpProblem('not-found', 'Revisions are numbered from 1.');
  return revision;
}

/** A scenario by its address, deleted or not; throws a problem with status 404 where there is none. */
export async function everKept(
  scenarios: ScenarioRecords,
  tenant: Tenant,
  id: string,
): Promise<ScenarioRecord> {
  const record = await scenarios.find(tenant, id);
  if (!record) throw new HttpProblem('not-found', 'There is no such scenario.');
  return record;
}

/** A scenario by its address; throws a problem with status 404 where there is none, 410 where it has been deleted. */
export async function foundScenario(
  scenarios: ScenarioRecords,
  tenant: Tenant,
  id: string,
): Promise<ScenarioRecord> {
  const record = await everKept(scenarios, tenant, id);
  if (record.isDeleted)
    throw new HttpProblem(
      'gone',
      `The scenario has been deleted; its history is at /v1/scenarios/${id}/revisions.`,
    );
  return record;
}

/** A revision of a scenario, deleted or not; throws a problem with status 404 where there is none. */
export async function foundRevision(
  scenarios: ScenarioRecords,
  tenant: Tenant,
  id: string,
  revision: number,
): Promise<RevisionRecord> {
  const record = await scenarios.revision(tenant, id, revision);
  if (!record) throw new HttpProblem('not-found', 'There is no such revision of this scenario.');
  return record;
}

/**
 * The scenario whose newest revision a change is made from; throws a problem with status 412 where somebody else has changed it meanwhile, with
 * the revisions since.
 */
export async function unchangedScenario(
  scenarios: ScenarioRecords,
  tenant: Tenant,
  id: string,
  isSeen: Precondition,
): Promise<ScenarioRecord> {
  const record = await foundScenario(scenarios, tenant, id);
  if (!isSeen(record.head)) throw await staleProblem(scenarios, tenant, id, isSeen);
  return record;
}

/** What has changed since the revision that was seen. */
export async function staleProblem(
  scenarios: ScenarioRecords,
  tenant: Tenant,
  id: string,
  isSeen: Precondition,
): Promise<HttpProblem> {
  await foundScenario(scenarios, tenant, id);
  const revisions = await scenarios.revisions(tenant, id);
  const seen = revisions.findIndex(({ revision }) => isSeen(revision));
  const since = seen < 0 ? revisions : revisions.slice(0, seen);
  const head = revisions.at(0)?.revision ?? 0;
  return new HttpProblem(
    'stale',
    `The newest revision is ${head}. Read it, make the change there and send it with If-Match: ${etagOf(head)}.`,
    { revision: head, changes: since.slice(0, MOST_CHANGES).map(revisionOf) },
    { ETag: etagOf(head) },
  );
}

/** Whoever is further behind reads the list of revisions. */
const MOST_CHANGES = 20;

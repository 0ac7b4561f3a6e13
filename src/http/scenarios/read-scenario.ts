import { once } from 'node:events';
import type { Response } from 'express';
import { aroundScenario } from '../../scenarios/beside-scenario.ts';
import { contentPiecesAside, isCompressed, jsonBytes } from '../../scenarios/kept-content.ts';
import { json, problemResponses, reference } from '../operation.ts';
import { saysNotModified } from '../preconditions.ts';
import { keptScenarioOf, revisionOf } from '../records.ts';
import { pathWord } from '../path-word.ts';
import type { Route } from '../route.ts';
import { tenantOf } from '../tenant.ts';
import { foundRevision, foundScenario, revisionNumber } from './found-scenario.ts';
import {
  ETAG,
  REVISION_NUMBER,
  SCENARIO_ADDRESS_PROBLEMS,
  SCENARIO_ID,
  STORE_PROBLEMS,
} from './operation-parts.ts';

/** `GET /v1/scenarios/{scenario}`: the newest revision. */
export const readScenario: Route = {
  method: 'get',
  path: '/v1/scenarios/{scenario}',
  operation: {
    operationId: 'readScenario',
    summary: 'Read a scenario',
    description: 'The newest revision, with the scenario as it was sent.',
    tags: ['scenarios'],
    parameters: [SCENARIO_ID],
    responses: {
      '200': { description: 'It.', headers: ETAG, content: json(reference('KeptScenario')) },
      '304': { description: 'Not changed since the revision of If-None-Match.' },
      ...problemResponses({ ...SCENARIO_ADDRESS_PROBLEMS, ...STORE_PROBLEMS }),
    },
  },
  handlers: ({ store: { scenarios } }) => [
    async (request, response) => {
      const tenant = tenantOf(request);
      const scenario = await foundScenario(scenarios, tenant, pathWord(request, 'scenario'));
      if (saysNotModified(request, response, scenario.head)) return;
      const [revision, content] = await Promise.all([
        foundRevision(scenarios, tenant, scenario.id, scenario.head),
        scenarios.content(tenant, scenario.id, scenario.head),
      ]);
      await sendWithScenario(response, keptScenarioOf(scenario, revision), content!);
    },
  ],
};

/** `GET /v1/scenarios/{scenario}/revisions`: all revisions, the newest first, of a deleted scenario too. */
export const listRevisions: Route = {
  method: 'get',
  path: '/v1/scenarios/{scenario}/revisions',
  operation: {
    operationId: 'listRevisions',
    summary: 'List the revisions of a scenario, the newest first',
    description: 'Those of a deleted scenario too: history stays.',
    tags: ['scenarios'],
    parameters: [SCENARIO_ID],
    responses: {
      '200': { description: 'All of them.', content: json(reference('RevisionList')) },
      ...problemResponses({ 'not-found': 'There is no such scenario.', ...STORE_PROBLEMS }),
    },
  },
  handlers: ({ store: { scenarios } }) => [
    async (request, response) => {
      const id = pathWord(request, 'scenario');
      const revisions = await scenarios.revisions(tenantOf(request), id);
      if (revisions.length === 0) await foundScenario(scenarios, tenantOf(request), id);
      response.json({ items: revisions.map(revisionOf) });
    },
  ],
};

/** `GET /v1/scenarios/{scenario}/revisions/{revision}`: one revision with its scenario. */
export const readRevision: Route = {
  method: 'get',
  path: '/v1/scenarios/{scenario}/revisions/{revision}',
  operation: {
    operationId: 'readRevision',
    summary: 'Read a revision of a scenario',
    description: 'Of a deleted scenario too.',
    tags: ['scenarios'],
    parameters: [SCENARIO_ID, REVISION_NUMBER],
    responses: {
      '200': { description: 'It.', content: json(reference('Revision')) },
      ...problemResponses({ 'not-found': 'There is no such revision.', ...STORE_PROBLEMS }),
    },
  },
  handlers: ({ store: { scenarios } }) => [
    async (request, response) => {
      const [tenant, id] = [tenantOf(request), pathWord(request, 'scenario')];
      const number = revisionNumber(request);
      const [revision, content] = await Promise.all([
        foundRevision(scenarios, tenant, id, number),
        scenarios.content(tenant, id, number),
      ]);
      await sendWithScenario(response, revisionOf(revision), content!);
    },
  ],
};

/** Sends a record with its scenario, which is not parsed for that: it can have many megabytes. */
async function sendWithScenario(response: Response, record: object, content: Buffer): Promise<void> {
  const [before, after] = aroundScenario(JSON.stringify(record));
  const length = before.length + jsonBytes(content) + after.length;
  response.type('application/json').set('Content-Length', String(length));
  response.write(before);
  // What a head has in place of a body is only its length.
  if (response.req.method !== 'HEAD') await writeScenario(response, content);
  response.end(after);
}

/** Nothing of it goes to whoever has gone away, and no more at once than the client takes. */
async function writeScenario(response: Response, content: Buffer): Promise<void> {
  if (!isCompressed(content)) {
    response.write(content);
    return;
  }
  const gone = new AbortController();
  response.once('close', () => {
    gone.abort();
  });
  for await (const piece of contentPiecesAside(content)) {
    if (response.destroyed) return;
    if (!response.write(piece)) await once(response, 'drain', { signal: gone.signal }).catch(() => undefined);
  }
}

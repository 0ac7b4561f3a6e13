import type { RequestHandler } from 'express';
import type { RevisionChange, Tenant } from '../../store/store.ts';
import { json, problemResponses, reference } from '../operation.ts';
import { preconditionOf } from '../preconditions.ts';
import { readJsonBytes } from '../read-json-bytes.ts';
import { pathWord } from '../path-word.ts';
import type { Route, Services } from '../route.ts';
import { tenantOf } from '../tenant.ts';
import { type EditedScenario, editedScenario } from './edited-scenario.ts';
import { staleProblem, unchangedScenario } from './found-scenario.ts';
import { revisionAnswer } from './kept-answer.ts';
import {
  CHANGE_PROBLEMS,
  COMMENT,
  ETAG,
  IF_MATCH,
  KEEP_PROBLEMS,
  SCENARIO_ID,
  STORE_PROBLEMS,
} from './operation-parts.ts';
import { commentOf } from './revision-comment.ts';

const responses = {
  '200': { description: 'The new revision.', headers: ETAG, content: json(reference('KeptScenario')) },
  ...problemResponses({ ...KEEP_PROBLEMS, ...CHANGE_PROBLEMS }),
};

/** `PUT /v1/scenarios/{scenario}`: another scenario as the next revision. */
export const replaceScenario: Route = {
  method: 'put',
  path: '/v1/scenarios/{scenario}',
  operation: {
    operationId: 'replaceScenario',
    summary: 'Replace a scenario',
    description: 'Makes what is sent the next revision; the one before stays.',
    tags: ['scenarios'],
    parameters: [SCENARIO_ID, IF_MATCH],
    requestBody: { required: true, content: json(reference('KeepRequest')) },
    responses,
  },
  handlers: (services) => [
    ...readJsonBytes(services.maxBodyBytes),
    change(services, 'replaced', ({ body }, _tenant, _head, response) =>
      editedScenario(services.editing, 'keep-scenario', [body as Buffer], response),
    ),
  ],
};

/** `PATCH /v1/scenarios/{scenario}`: the scenario with a JSON Merge Patch as the next revision. */
export const patchScenario: Route = {
  method: 'patch',
  path: '/v1/scenarios/{scenario}',
  operation: {
    operationId: 'patchScenario',
    summary: 'Change a scenario in places',
    description:
      'Applies a JSON Merge Patch (RFC 7396) to the newest revision and makes the result the next one: members are merged, `null` takes one away, lists are replaced whole. Faults point into the scenario as it would be.',
    tags: ['scenarios'],
    parameters: [SCENARIO_ID, IF_MATCH, COMMENT],
    requestBody: {
      required: true,
      content: { 'application/merge-patch+json': { schema: { type: 'object' } } },
    },
    responses,
  },
  handlers: (services) => [
    ...readJsonBytes(services.maxBodyBytes, 'application/merge-patch+json'),
    change(services, 'patched', async (request, tenant, head, response) => {
      const comment = commentOf(request);
      const content = await services.store.scenarios.content(tenant, pathWord(request, 'scenario'), head);
      const parts = [content!, request.body as Buffer];
      const edited = await editedScenario(services.editing, 'patch-scenario', parts, response);
      return { ...edited, ...comment };
    }),
  ],
};

/** `DELETE /v1/scenarios/{scenario}`: out of lists, and no more changes; its history stays. */
export const deleteScenario: Route = {
  method: 'delete',
  path: '/v1/scenarios/{scenario}',
  operation: {
    operationId: 'deleteScenario',
    summary: 'Delete a scenario',
    description:
      'It leaves the list and takes no more changes or plans. Its revisions and plans can still be read.',
    tags: ['scenarios'],
    parameters: [SCENARIO_ID, IF_MATCH],
    responses: {
      '204': { description: 'Deleted.' },
      ...problemResponses({ ...CHANGE_PROBLEMS, ...STORE_PROBLEMS }),
    },
  },
  handlers: ({ store: { scenarios } }) => [
    async (request, response) => {
      const [tenant, id, isSeen] = [
        tenantOf(request),
        pathWord(request, 'scenario'),
        preconditionOf(request),
      ];
      const { head } = await unchangedScenario(scenarios, tenant, id, isSeen);
      if ((await scenarios.remove(tenant, id, head)) !== 'removed')
        throw await staleProblem(scenarios, tenant, id, isSeen);
      response.status(204).end();
    },
  ],
};

type Edit = (
  request: Parameters<RequestHandler>[0],
  tenant: Tenant,
  head: number,
  response: Parameters<RequestHandler>[1],
) => Promise<EditedScenario>;

/** Makes a revision from the newest one, if that is the one that the client has seen, also when the edit is done. */
function change(
  { store: { scenarios } }: Services,
  kind: Exclude<RevisionChange['kind'], 'copied'>,
  edit: Edit,
): RequestHandler {
  return async (request, response) => {
    const [tenant, id, isSeen] = [tenantOf(request), pathWord(request, 'scenario'), preconditionOf(request)];
    const scenario = await unchangedScenario(scenarios, tenant, id, isSeen);
    const edited = await edit(request, tenant, scenario.head, response);
    const revision = await scenarios.revise(tenant, id, scenario.head, { ...edited, change: { kind } });
    if (revision === 'stale' || revision === 'missing')
      throw await staleProblem(scenarios, tenant, id, isSeen);
    const { status, headers, body } = revisionAnswer(200, { ...scenario, name: edited.name }, revision);
    response.status(status).set(headers).type('application/json').end(body);
  };
}

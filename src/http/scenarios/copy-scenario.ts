import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { label } from '../../../models/scenario/fields.ts';
import { doneOnce, sendKept } from '../idempotency.ts';
import { json, problemResponses, reference } from '../operation.ts';
import { pathWord } from '../path-word.ts';
import { readJsonBytes } from '../read-json-bytes.ts';
import type { Route } from '../route.ts';
import { smallBodyOf } from '../small-body.ts';
import { tenantOf } from '../tenant.ts';
import { editedScenario } from './edited-scenario.ts';
import { foundRevision, foundScenario } from './found-scenario.ts';
import { revisionAnswer } from './kept-answer.ts';
import { ETAG, IDEMPOTENCY_KEY, KEEP_PROBLEMS, LOCATION, SCENARIO_ID } from './operation-parts.ts';

const MOST_BYTES = 16 * 1024;

export const copyRequestSchema = z
  .strictObject({
    revision: z
      .int()
      .min(1)
      .max(999_999_999)
      .meta({ description: 'The revision to copy; default the newest.' })
      .optional(),
    name: label('What the copy is called; default the same name.').optional(),
    comment: label('Why it was copied, for people; up to 200 characters.').optional(),
  })
  .meta({ id: 'CopyRequest' });

/** `POST /v1/scenarios/{scenario}/copies`: a scenario of its own from a revision, of a deleted one too. */
export const copyScenario: Route = {
  method: 'post',
  path: '/v1/scenarios/{scenario}/copies',
  operation: {
    operationId: 'copyScenario',
    summary: 'Copy a scenario',
    description:
      'Keeps a revision as revision 1 of a scenario of its own, which says where it comes from. A deleted scenario comes back this way: name the revision.',
    tags: ['scenarios'],
    parameters: [SCENARIO_ID, IDEMPOTENCY_KEY],
    requestBody: { required: true, content: json(reference('CopyRequest')) },
    responses: {
      '201': {
        description: 'The copy.',
        headers: { ...ETAG, ...LOCATION },
        content: json(reference('KeptScenario')),
      },
      ...problemResponses({
        ...KEEP_PROBLEMS,
        'not-found': 'There is no such scenario or revision.',
        gone: 'The scenario has been deleted, and no revision was named.',
        'key-reused': 'The idempotency key was used for another request.',
      }),
    },
  },
  handlers: ({ store, editing }) => [
    ...readJsonBytes(MOST_BYTES),
    async (request, response) => {
      const [tenant, scenarioId] = [tenantOf(request), pathWord(request, 'scenario')];
      const { revision: asked, name, comment } = smallBodyOf(request.body, copyRequestSchema);
      const number = asked ?? (await foundScenario(store.scenarios, tenant, scenarioId)).head;
      const from = await foundRevision(store.scenarios, tenant, scenarioId, number);
      const content = await store.scenarios.content(tenant, scenarioId, number);
      const patch = Buffer.from(JSON.stringify({ ...(name !== undefined && { name }) }));
      const copy = await editedScenario(editing, 'patch-scenario', [content!, patch], response);
      const done = await doneOnce(store, request, async ({ scenarios }) => {
        const id = randomUUID();
        const revision = await scenarios.create(tenant, id, {
          ...copy,
          ...(comment !== undefined && { comment }),
          change: { kind: 'copied', scenario: scenarioId, revision: from.revision },
        });
        return revisionAnswer(201, { id, name: copy.name, createdAt: revision.createdAt }, revision);
      });
      sendKept(response, done);
    },
  ],
};

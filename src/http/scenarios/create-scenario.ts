import { randomUUID } from 'node:crypto';
import { doneOnce, sendKept } from '../idempotency.ts';
import { json, problemResponses, reference } from '../operation.ts';
import { readJsonBytes } from '../read-json-bytes.ts';
import type { Route } from '../route.ts';
import { tenantOf } from '../tenant.ts';
import { editedScenario } from './edited-scenario.ts';
import { revisionAnswer } from './kept-answer.ts';
import { ETAG, IDEMPOTENCY_KEY, KEEP_PROBLEMS, LOCATION } from './operation-parts.ts';

/** `POST /v1/scenarios`: keeps a scenario as revision 1. */
export const createScenario: Route = {
  method: 'post',
  path: '/v1/scenarios',
  operation: {
    operationId: 'createScenario',
    summary: 'Keep a scenario',
    description:
      'Keeps a scenario, as sent, as its revision 1. It is checked as a solve would check it: what is kept can be planned.',
    tags: ['scenarios'],
    parameters: [IDEMPOTENCY_KEY],
    requestBody: { required: true, content: json(reference('KeepRequest')) },
    responses: {
      '201': {
        description: 'Kept.',
        headers: { ...ETAG, ...LOCATION },
        content: json(reference('KeptScenario')),
      },
      ...problemResponses({
        ...KEEP_PROBLEMS,
        'key-reused': 'The idempotency key was used for another request.',
      }),
    },
  },
  handlers: ({ store, editing, maxBodyBytes }) => [
    ...readJsonBytes(maxBodyBytes),
    async (request, response) => {
      const edited = await editedScenario(editing, 'keep-scenario', [request.body as Buffer], response);
      const done = await doneOnce(store, request, async ({ scenarios }) => {
        const id = randomUUID();
        const revision = await scenarios.create(tenantOf(request), id, {
          ...edited,
          change: { kind: 'created' },
        });
        const { name } = edited;
        return revisionAnswer(201, { id, name, createdAt: revision.createdAt }, revision);
      });
      sendKept(response, done);
    },
  ],
};

import type { Request, Response } from 'express';
import type { ScenarioRecords, Tenant } from '../../store/store.ts';
import { HttpProblem } from '../http-problem.ts';
import { json, problemResponses, reference } from '../operation.ts';
import { pathWord } from '../path-word.ts';
import { sendProblem } from '../problem-details.ts';
import type { Route } from '../route.ts';
import { runParts } from '../run-planning.ts';
import { tenantOf } from '../tenant.ts';
import { foundRevision, revisionNumber, revisionOfWord } from './found-scenario.ts';
import { REVISION_NUMBER, SCENARIO_ID, STORE_PROBLEMS } from './operation-parts.ts';

/** `GET /v1/scenarios/{scenario}/revisions/{revision}/differences`: what has changed, in words. */
export const readDifferences: Route = {
  method: 'get',
  path: '/v1/scenarios/{scenario}/revisions/{revision}/differences',
  operation: {
    operationId: 'readRevisionDifferences',
    summary: 'Read what has changed from one revision of a scenario to another',
    description:
      'What was added, removed and changed, each with a sentence. Everything is matched by ids, so the order of lists is no difference; that of the periods is. Of a deleted scenario too.',
    tags: ['scenarios'],
    parameters: [
      SCENARIO_ID,
      REVISION_NUMBER,
      {
        name: 'from',
        in: 'query',
        required: false,
        description: 'The revision to start from, older or newer; default the one before.',
        schema: { type: 'integer', minimum: 1 },
      },
    ],
    responses: {
      '200': { description: 'The differences.', content: json(reference('RevisionDifferences')) },
      ...problemResponses({
        'invalid-request':
          '`from` is not the number of a revision, or is missing where there is none before.',
        'not-found': 'There is no such revision.',
        'service-full': 'Too much is waiting.',
        ...STORE_PROBLEMS,
      }),
    },
  },
  handlers: ({ store: { scenarios }, editing }) => [
    async (request, response) => {
      const [tenant, scenarioId] = [tenantOf(request), pathWord(request, 'scenario')];
      const to = await foundRevision(scenarios, tenant, scenarioId, revisionNumber(request));
      const from = await foundRevision(scenarios, tenant, scenarioId, startOf(request, to.revision));
      const revisions = { fromRevision: from.revision, toRevision: to.revision };
      const parts = await contentsOf(scenarios, tenant, scenarioId, Object.values(revisions));
      const asked = { kind: 'differences', parts, options: { scenarioId, ...revisions } } as const;
      await runParts(editing, asked, response, { onFailure: sayBrokenOff });
    },
  ],
};

/** The revision to start from; throws a problem with status 400 where none can be meant. */
function startOf(request: Request, to: number): number {
  const word = request.query.from;
  if (word === undefined) {
    if (to > 1) return to - 1;
    throw new HttpProblem(
      'invalid-request',
      'No revision comes before the first. Say with `from` which one is meant.',
    );
  }
  const revision = revisionOfWord(word);
  if (revision === undefined)
    throw new HttpProblem('invalid-request', '`from` is the number of a revision: a whole number from 1.');
  return revision;
}

async function contentsOf(
  scenarios: ScenarioRecords,
  tenant: Tenant,
  id: string,
  revisions: readonly number[],
): Promise<Buffer[]> {
  const contents = await Promise.all(revisions.map((revision) => scenarios.content(tenant, id, revision)));
  return contents.map((content) => content!);
}

function sayBrokenOff(response: Response): void {
  sendProblem(response, 'internal-error', 'Comparing the revisions broke off. Try again later.');
}

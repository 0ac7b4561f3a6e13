import { z } from 'zod';
import { id } from '../../../models/scenario/fields.ts';
import { HttpProblem } from '../http-problem.ts';
import { json, problemResponses, reference } from '../operation.ts';
import { pathWord } from '../path-word.ts';
import { readJsonBytes } from '../read-json-bytes.ts';
import { revisionOf } from '../records.ts';
import type { Route } from '../route.ts';
import { smallBodyOf } from '../small-body.ts';
import { tenantOf } from '../tenant.ts';
import { revisionNumber } from './found-scenario.ts';
import { KEEP_PROBLEMS, REVISION_NUMBER, SCENARIO_ID } from './operation-parts.ts';

const MOST_BYTES = 16 * 1024;

export const labelRequestSchema = z
  .strictObject({
    label: id('The label, unique within the scenario; null takes it away.').nullable(),
  })
  .meta({ id: 'LabelRequest' });

/** `PATCH /v1/scenarios/{scenario}/revisions/{revision}`: gives a revision a name, which is all that can change of it. */
export const labelRevision: Route = {
  method: 'patch',
  path: '/v1/scenarios/{scenario}/revisions/{revision}',
  operation: {
    operationId: 'labelRevision',
    summary: 'Label a revision',
    description:
      'Gives a revision a label, such as “as signed”, or takes it away. A label belongs to one revision of a scenario at a time.',
    tags: ['scenarios'],
    parameters: [SCENARIO_ID, REVISION_NUMBER],
    requestBody: {
      required: true,
      content: { 'application/merge-patch+json': { schema: reference('LabelRequest') } },
    },
    responses: {
      '200': { description: 'The revision.', content: json(reference('Revision')) },
      ...problemResponses({
        ...KEEP_PROBLEMS,
        'not-found': 'There is no such revision.',
        'label-taken': 'Another revision of the scenario has this label.',
      }),
    },
  },
  handlers: ({ store }) => [
    ...readJsonBytes(MOST_BYTES, 'application/merge-patch+json'),
    async (request, response) => {
      const { label } = smallBodyOf(request.body, labelRequestSchema);
      const revision = await store.scenarios.label(
        tenantOf(request),
        pathWord(request, 'scenario'),
        revisionNumber(request),
        label?.normalize(),
      );
      if (revision === 'missing')
        throw new HttpProblem('not-found', 'There is no such revision of this scenario.');
      if (revision === 'taken')
        throw new HttpProblem(
          'label-taken',
          'Take the label from the other revision first, or choose another.',
        );
      response.json(revisionOf(revision));
    },
  ],
};

import type { Response } from 'express';
import type { FailureReason } from '../../processes/messages.ts';
import { json, problemResponses, reference, SCENARIO_PROBLEMS } from '../operation.ts';
import { sendProblem } from '../problem-details.ts';
import { readJsonBytes } from '../read-json-bytes.ts';
import type { Route } from '../route.ts';
import { runPlanning } from '../run-planning.ts';

/** `POST /v1/model`: the scenario's program in an exchange format, with the key to its names. */
export const exportModel: Route = {
  method: 'post',
  path: '/v1/model',
  operation: {
    operationId: 'exportModel',
    summary: 'Export the program of a scenario',
    description:
      'Returns the program in LP or MPS format, or as the JSON model of javascript-lp-solver, with opaque names, and the key to them.',
    tags: ['planning'],
    requestBody: { required: true, content: json(reference('ModelRequest')) },
    responses: {
      '200': { description: 'The program and its key.', content: json(reference('ExportedModel')) },
      ...problemResponses(SCENARIO_PROBLEMS),
    },
  },
  handlers: ({ planning, maxBodyBytes }) => [
    ...readJsonBytes(maxBodyBytes),
    ({ body }, response) => runPlanning(planning, 'model', body, response, { onFailure: programTooLarge }),
  ],
};

/** Answers where a planning process was lost over a program. */
export function programTooLarge(response: Response, reason: FailureReason): void {
  if (reason === 'engine') sendProblem(response, 'internal-error', 'The export broke off. Try again later.');
  else
    sendProblem(
      response,
      'body-too-large',
      'The program is too large to be written out. Send a smaller scenario.',
    );
}

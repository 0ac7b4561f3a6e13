import { json, problemResponses, reference, SCENARIO_PROBLEMS } from '../operation.ts';
import { sendProblem } from '../problem-details.ts';
import { readJsonBytes } from '../read-json-bytes.ts';
import type { Route } from '../route.ts';
import { runPlanning } from '../run-planning.ts';

/** `POST /v1/invoices`: a vendor's bills recomputed from what it delivered. */
export const invoices: Route = {
  method: 'post',
  path: '/v1/invoices',
  operation: {
    operationId: 'recomputeInvoices',
    summary: 'Recompute the bills of a vendor from delivered hours or contacts',
    description:
      'Prices what was delivered by the contract, period by period, and says line by line how the bill came about: volume by tier, take or pay, baseline with charges for more and credits for less, management. Every line is in cents, half-up; what that leaves over is `rounding`. Nothing is stored.',
    tags: ['planning'],
    requestBody: { required: true, content: json(reference('InvoiceRequest')) },
    responses: {
      '200': { description: 'The bills.', content: json(reference('Bills')) },
      ...problemResponses(SCENARIO_PROBLEMS),
    },
  },
  handlers: ({ planning, maxBodyBytes }) => [
    ...readJsonBytes(maxBodyBytes),
    ({ body }, response) =>
      runPlanning(planning, 'invoices', body, response, {
        onFailure: (lost) => {
          sendProblem(lost, 'internal-error', 'The bills could not be computed. Try again later.');
        },
      }),
  ],
};

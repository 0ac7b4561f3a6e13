import { noPricesOf } from '../../planning/sensitivity-table-reply.ts';
import { json, problemResponses, reference, SCENARIO_PROBLEMS } from '../operation.ts';
import { readJsonBytes } from '../read-json-bytes.ts';
import type { Route } from '../route.ts';
import { runPlanning, sendNoPrices } from '../run-planning.ts';

/**
 * `POST /v1/sensitivity-table`: the sensitivity report of the scenario's plan as one CSV table with Excel Solver's columns.
 *
 * A table cannot say that there is none, so whatever `POST /v1/solve` would answer but an optimal plan with prices is a
 * problem here, also that the planning process was lost.
 */
export const sensitivityTable: Route = {
  method: 'post',
  path: '/v1/sensitivity-table',
  operation: {
    operationId: 'sensitivityTable',
    summary: "The sensitivity report as a CSV table with Excel Solver's columns",
    description:
      "Solves the scenario and returns one table of its classic sensitivity report with the columns, the order and the signs of Excel's Solver: a shadow price is the change of total cost for one unit more of the right-hand side. `Cell` is the name that the column or row has in the program of `POST /v1/model`. Money and hours are not rounded, and no text in it is run by a spreadsheet. A share has the right-hand side 0: the hours by which it may be passed. With yes/no choices in the plan every name says `[choices-fixed]`: the prices hold with today's choices.",
    tags: ['planning'],
    requestBody: { required: true, content: json(reference('SensitivityTableRequest')) },
    responses: {
      '200': {
        description:
          'The table: a header, CRLF line ends, UTF-8 with a byte order mark where it is not ASCII.',
        content: { 'text/csv': { schema: { type: 'string' } } },
      },
      ...problemResponses({
        ...SCENARIO_PROBLEMS,
        'no-priced-plan':
          'The scenario is valid and has no table, because `POST /v1/solve` answers with anything but an optimal plan with prices: `planStatus` and `reason` say what.',
      }),
    },
  },
  handlers: ({ planning, maxBodyBytes }) => [
    ...readJsonBytes(maxBodyBytes),
    ({ body }, response) =>
      runPlanning(planning, 'sensitivity-table', body, response, {
        type: 'text/csv',
        onFailure: (lost, reason) => {
          sendNoPrices(lost, noPricesOf({ status: 'failed', reason }));
        },
      }),
  ],
};

import type { TableName } from '../../scenarios/table-files.ts';
import { problemResponses } from '../operation.ts';
import { pathWord } from '../path-word.ts';
import { saysNotModified } from '../preconditions.ts';
import type { Route } from '../route.ts';
import { tenantOf } from '../tenant.ts';
import { editingReply } from './edited-scenario.ts';
import { foundScenario } from './found-scenario.ts';
import { ETAG, SCENARIO_ADDRESS_PROBLEMS, SCENARIO_ID, STORE_PROBLEMS } from './operation-parts.ts';

/** `GET /v1/scenarios/{scenario}/capacity`: the capacity table as a file. */
export const exportCapacity = exportTable('capacity');

/** `GET /v1/scenarios/{scenario}/demand`: the demand table as a file. */
export const exportDemand = exportTable('demand');

function exportTable(table: TableName): Route {
  return {
    method: 'get',
    path: `/v1/scenarios/{scenario}/${table}`,
    operation: {
      operationId: table === 'capacity' ? 'exportCapacity' : 'exportDemand',
      summary: `The ${table} table as a CSV file`,
      description:
        'The table of the newest revision as `PUT` takes it: sent back unchanged it makes the same scenario. Commas, points for decimals, every digit; no text in it is run by a spreadsheet.',
      tags: ['scenarios'],
      parameters: [SCENARIO_ID],
      responses: {
        '200': {
          description:
            'The table: a header, CRLF line ends, UTF-8 with a byte order mark where it is not ASCII.',
          headers: ETAG,
          content: { 'text/csv': { schema: { type: 'string' } } },
        },
        '304': { description: 'Not changed since the revision of If-None-Match.' },
        ...problemResponses({
          ...SCENARIO_ADDRESS_PROBLEMS,
          ...STORE_PROBLEMS,
          'body-too-large': 'The scenario is too large to be read.',
          'service-full': 'Too many scenarios are being read or changed.',
        }),
      },
    },
    handlers: ({ editing, store: { scenarios } }) => [
      async (request, response) => {
        const tenant = tenantOf(request);
        const { id, head } = await foundScenario(scenarios, tenant, pathWord(request, 'scenario'));
        if (saysNotModified(request, response, head)) return;
        const content = await scenarios.content(tenant, id, head);
        const { body } = await editingReply(
          editing,
          { kind: 'export-table', parts: [content!], options: { table } },
          response,
        );
        response.attachment(`${table}.csv`).type('text/csv');
        response.end(body);
      },
    ],
  };
}

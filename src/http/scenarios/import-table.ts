import type { Request, Response } from 'express';
import { z } from 'zod';
import { importedTableHeader } from '../../planning/scenario-tables.ts';
import { DECIMAL_SIGNS } from '../../scenarios/csv-cells.ts';
import type { TableName } from '../../scenarios/table-files.ts';
import { HttpProblem } from '../http-problem.ts';
import { json, problemResponses, reference } from '../operation.ts';
import { pathWord } from '../path-word.ts';
import { etagOf, preconditionOf } from '../preconditions.ts';
import { piecesOf, readPieces } from '../read-pieces.ts';
import { keptScenarioOf } from '../records.ts';
import type { Route } from '../route.ts';
import { tenantOf } from '../tenant.ts';
import { type EditedScenario, editingReply } from './edited-scenario.ts';
import { foundRevision, staleProblem, unchangedScenario } from './found-scenario.ts';
import {
  CHANGE_PROBLEMS,
  ETAG,
  IF_MATCH,
  KEEP_PROBLEMS,
  SCENARIO_ID,
  TABLE_QUERY,
} from './operation-parts.ts';
import { revisionComment, withComment } from './revision-comment.ts';

const CSV_BODY = {
  type: 'text/csv',
  charsets: ['utf-8', 'us-ascii', 'utf-16', 'utf-16le', 'utf-16be'],
  remedy: 'Send the file as text/csv, in UTF-8 or in UTF-16 with a byte order mark.',
};

/** `PUT /v1/scenarios/{scenario}/capacity`: a file in place of the capacity table. */
export const importCapacity = importTable(
  'capacity',
  '`team,period,hours` (`uncapped` for no limit) or `team,period,fte,paid_hours_per_fte,shrinkage`',
);

/** `PUT /v1/scenarios/{scenario}/demand`: a file in place of the demand table. */
export const importDemand = importTable(
  'demand',
  '`workflow,period,hours` or `workflow,period,contacts,aht_seconds`',
);

function importTable(table: TableName, columns: string): Route {
  return {
    method: 'put',
    path: `/v1/scenarios/{scenario}/${table}`,
    operation: {
      operationId: table === 'capacity' ? 'importCapacity' : 'importDemand',
      summary: `Replace the ${table} table by a CSV file`,
      description: `The file replaces the whole table of the newest revision, all or nothing, and makes the next revision: what it does not name is gone. One that changes nothing makes none, whatever the order of its rows. Columns, in any order: ${columns}; with the columns of both, every row fills one form. UTF-8, or UTF-16 with a byte order mark; commas, semicolons or tabs, as in the header; any line ends. Thousands separators, percent signs and whatever else could be read in two ways are faults, each with its line and column. A fault that shows only in the scenario as it would be has a pointer into that.`,
      tags: ['scenarios'],
      parameters: [SCENARIO_ID, IF_MATCH, ...TABLE_QUERY],
      requestBody: { required: true, content: { 'text/csv': { schema: { type: 'string' } } } },
      responses: {
        '200': {
          description: 'What the file changes, or in a dry run would change.',
          headers: ETAG,
          content: json(reference('TableChange')),
        },
        ...problemResponses({
          ...KEEP_PROBLEMS,
          ...CHANGE_PROBLEMS,
          'unsupported-media-type': 'The body is not text/csv.',
        }),
      },
    },
    handlers: (services) => [
      ...readPieces(services.maxBodyBytes, CSV_BODY),
      async (request, response) => {
        const [{ comment, ...reading }, isSeen] = [tableQuery(request), preconditionOf(request)];
        const { store, editing } = services;
        const [tenant, id] = [tenantOf(request), pathWord(request, 'scenario')];
        const scenario = await unchangedScenario(store.scenarios, tenant, id, isSeen);
        const { head } = scenario;
        const parts = [(await store.scenarios.content(tenant, id, head))!, piecesOf(request.body)];
        const options = { table, ...reading };
        const work = { kind: 'import-table', parts, options, isOwned: true } as const;
        const { change, edited } = importedOf(await editingReply(editing, work, response));
        if (reading.isDryRun) {
          response.set('ETag', etagOf(head)).type('application/json').end(change);
          return;
        }
        const revision = edited
          ? await store.scenarios.revise(tenant, id, head, { ...edited, ...comment, change: { kind: table } })
          : await foundRevision(store.scenarios, tenant, id, head);
        if (revision === 'stale' || revision === 'missing')
          throw await staleProblem(store.scenarios, tenant, id, isSeen);
        sendWithRecord(response, change, keptScenarioOf(scenario, revision), revision.revision);
      },
    ],
  };
}

/** What the file changes, as JSON, and the scenario to be kept, where it changes anything and is not tried only. */
function importedOf({ header, body }: Awaited<ReturnType<typeof editingReply>>): {
  readonly change: Buffer;
  readonly edited?: EditedScenario;
} {
  const { changeBytes, scenario } = importedTableHeader.parse(header);
  const change = body.subarray(0, changeBytes);
  return scenario ? { change, edited: { ...scenario, content: body.subarray(changeBytes) } } : { change };
}

/** Sends a change, which is not parsed for that, with the scenario's record as its last member. */
function sendWithRecord(response: Response, change: Buffer, record: object, revision: number): void {
  response.set('ETag', etagOf(revision)).type('application/json');
  response.write(change.subarray(0, -1));
  response.end(`,"scenario":${JSON.stringify(record)}}`);
}

const query = z.strictObject({
  dryRun: z.enum(['true', 'false']).default('false'),
  decimal: z.enum(DECIMAL_SIGNS).default('point'),
  comment: revisionComment,
});

interface TableQuery {
  readonly isDryRun: boolean;
  readonly decimal: (typeof DECIMAL_SIGNS)[number];
  readonly comment: { readonly comment?: string };
}

/** Throws a problem with status 400 also at a word that is not known: a dry run that is misspelt would be none. */
function tableQuery(request: Request): TableQuery {
  const read = query.safeParse(request.query);
  if (!read.success)
    throw new HttpProblem(
      'invalid-request',
      'The address may have dryRun=true or false, decimal=point or comma and a comment of at most 200 characters, once each, and nothing else.',
    );
  const { dryRun, decimal, comment } = read.data;
  return { isDryRun: dryRun === 'true', decimal, comment: withComment(comment) };
}

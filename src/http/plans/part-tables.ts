import type { Request, Response } from 'express';
import { FIELD_OF_TABLE, type PlanTable } from '../../exports/plan-tables.ts';
import type { PlanRecord } from '../../store/store.ts';
import { fileNameOf } from '../file-name.ts';
import { HttpProblem } from '../http-problem.ts';
import type { Problems } from '../operation.ts';
import { sendProblem } from '../problem-details.ts';
import type { Services } from '../route.ts';
import { runParts } from '../run-planning.ts';

/** The pieces by which a part of a plan is read as a CSV file too. */

export const TABLES_DESCRIPTION =
  'As JSON, or with `Accept: text/csv` as a file: one table, with commas, points for decimals, CRLF line ends, and no text that a spreadsheet would run. Money that adds up is in cents there, each line rounded half-up, with a last line `rounding` where that makes a difference; hours, limits, ranges and prices have every digit. A range without an end is an empty cell, and so is a price of one more or one less where there is no plan with it.';

export const CSV = { 'text/csv': { schema: { type: 'string' } } };

export const VARY = { Vary: { description: '`Accept`.', schema: { type: 'string' } } };

export const TABLE_PROBLEMS: Problems = {
  'invalid-request': 'There is no such table.',
  'not-acceptable': 'Accept allows neither application/json nor text/csv.',
  'no-priced-plan': 'The plan has no prices, so there is no table of them.',
  'body-too-large': 'The part is too large to be written as a table.',
  'service-full': 'Too many requests are waiting.',
};

export function tableParameter(tables: readonly PlanTable[]): object {
  return {
    name: 'table',
    in: 'query',
    required: false,
    description: `Of the CSV file: which table; default \`${tables[0]}\`.`,
    schema: { type: 'string', enum: tables },
  };
}

/** The table that is asked for as a file; undefined where JSON is. Throws a problem where neither will do, or there is no such table. */
export function tableAsked(
  request: Request,
  response: Response,
  tables: readonly PlanTable[],
): PlanTable | undefined {
  response.vary('Accept');
  const type = request.accepts(['application/json', 'text/csv']);
  if (type === false)
    throw new HttpProblem('not-acceptable', 'Accept application/json or text/csv; there is nothing else.');
  const table = tables.find((each) => each === (request.query.table ?? tables[0]));
  if (!table) throw new HttpProblem('invalid-request', `A table is one of ${tables.join(', ')}.`);
  return type === 'text/csv' ? table : undefined;
}

/** Sends a table of a finished plan, made from what is kept of it, off the event loop. */
export async function sendTable(
  { store, editing }: Pick<Services, 'store' | 'editing'>,
  { tenant, id, scenario, revision, summary }: PlanRecord,
  table: PlanTable,
  response: Response,
): Promise<void> {
  const field = FIELD_OF_TABLE[table];
  const content = (await store.plans.fields(tenant, id, [field])).get(field);
  if (!content) throw new HttpProblem('not-found', 'The plan has no such part.');
  const { name } = (await store.scenarios.find(tenant, scenario))!;
  const asked = { kind: 'plan-table', parts: [Buffer.from(summary!), content], options: { table } } as const;
  await runParts(editing, asked, response, {
    type: 'text/csv',
    fileName: `${fileNameOf(name)} r${revision} ${table}.csv`,
    onFailure: (lost, reason) => {
      if (reason === 'engine')
        sendProblem(lost, 'internal-error', 'Writing the table broke off. Try again later.');
      else
        sendProblem(
          lost,
          'body-too-large',
          'The part is too large to be written as a table. Read it as JSON.',
        );
    },
    onNothing: (lost, { detail }) => {
      sendProblem(lost, 'no-priced-plan', `${detail} GET /v1/plans/${id}/answer has all that is known.`);
    },
  });
}

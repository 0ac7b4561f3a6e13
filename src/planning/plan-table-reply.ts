import { z } from 'zod';
import type { Plan } from '../../models/plan.ts';
import { FIELD_OF_TABLE, PLAN_TABLES, planTable } from '../exports/plan-tables.ts';
import type { HandlerReply, ReceivedRequest } from '../processes/serve-requests.ts';
import { nothingReply, textAnswer } from './replies.ts';
import { noPricesOf } from './sensitivity-table-reply.ts';

/** What a planning process is told beside the small fields of a kept plan and the field that a table is made of. */
const planTableOptions = z.strictObject({ table: z.enum(PLAN_TABLES) });

/** A table of a kept plan as a CSV file; why it has no prices where they are what is asked for. */
export function replyWithPlanTable({ parts, options }: ReceivedRequest): HandlerReply {
  const { table } = planTableOptions.parse(options);
  // The parts are what an earlier request was answered with, so they are read as they are.
  const [summary, field] = parts.map((part) => JSON.parse(part.toString()) as unknown);
  const plan = { ...(summary as Plan), [FIELD_OF_TABLE[table]]: field };
  const text = planTable(table, plan);
  return text === undefined ? nothingReply(noPricesOf(plan)) : textAnswer(text);
}

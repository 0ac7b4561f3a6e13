import type { Fault } from '../../models/fault.ts';
import type { Plan } from '../../models/plan.ts';
import type { HandlerReply } from '../processes/serve-requests.ts';
import type { CsvFault } from '../scenarios/csv-faults.ts';
import type { OptionFault } from './solve-options.ts';

/** What is wrong with what was sent, and how much of it there is in all. */
export interface FaultReply {
  readonly faults: readonly (Fault | CsvFault | OptionFault)[];
}

/** Why a scenario has no plan with prices: what a solve says of it, in short. */
export interface NoPrices {
  readonly planStatus: Plan['status'];
  readonly reason?: NonNullable<Plan['reason']>;
  readonly detail: string;
}

export function jsonAnswer(value: unknown): HandlerReply {
  return textAnswer(JSON.stringify(value));
}

export function textAnswer(text: string): HandlerReply {
  return { header: { outcome: 'answer' }, body: [Buffer.from(text)] };
}

/** What was asked for is made of prices, and the scenario, sound as it is, has no plan with prices. */
export function noPricesReply(why: NoPrices): HandlerReply {
  return { header: { outcome: 'nothing' }, body: [Buffer.from(JSON.stringify(why))] };
}

export function faultReply(faults: FaultReply['faults']): HandlerReply {
  return {
    header: { outcome: 'faults' },
    body: [Buffer.from(JSON.stringify({ faults } satisfies FaultReply))],
  };
}

import type { Fault } from '../../models/fault.ts';
import type { Plan } from '../../models/plan.ts';
import type { HandlerReply } from '../processes/serve-requests.ts';
import type { CsvFault } from '../scenarios/csv-faults.ts';
import type { OptionFault } from './solve-options.ts';

/** What is wrong with what was sent, and how much of it there is in all. */
export interface FaultReply {
  readonly faults: readonly (Fault | CsvFault | OptionFault)[];
}

/** Why what was asked for does not exist, sound as the request is. */
export interface Nothing {
  readonly detail: string;
}

/** Why a scenario has no plan with prices: what a solve says of it, in short. */
export interface NoPrices extends Nothing {
  readonly planStatus: Plan['status'];
  readonly reason?: NonNullable<Plan['reason']>;
}

export function jsonAnswer(value: unknown): HandlerReply {
  return textAnswer(JSON.stringify(value));
}

export function textAnswer(text: string): HandlerReply {
  return { header: { outcome: 'answer' }, body: [Buffer.from(text)] };
}

export function nothingReply(why: Nothing): HandlerReply {
  return { header: { outcome: 'nothing' }, body: [Buffer.from(JSON.stringify(why))] };
}

export function faultReply(faults: FaultReply['faults']): HandlerReply {
  return {
    header: { outcome: 'faults' },
    body: [Buffer.from(JSON.stringify({ faults } satisfies FaultReply))],
  };
}

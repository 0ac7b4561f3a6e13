import { deliveryModel } from '../delivery-model.ts';
import { CHOICE_SIZES } from '../sizes.ts';
import { percentile } from '../statistics.ts';
import { keep, send, submit } from './client.ts';
import type { Effort } from './effort.ts';
import { MeasuredProcess, withServer } from './measured-process.ts';
import { childProcesses, untilOneIsGone } from './processes.ts';

/**
 * How long the cancel of a running plan takes, until it is answered and until the process that worked on it is gone, in milliseconds. Cancels come
 * at moments spread over the first half second of the work: reading, formulating, solving.
 */
export async function cancels({ cancels: count }: Effort): Promise<Record<string, number>> {
  return withServer(
    () => MeasuredProcess.service(),
    async ({ url, processId }) => {
      const address = await keep(url, deliveryModel(CHOICE_SIZES['940 choices'], 1));
      const answered: number[] = [];
      const gone: number[] = [];
      for (let index = 0; index < count; index += 1) {
        const plan = await submit(address, { mipGap: 0 });
        await untilWorkedOn(plan);
        await new Promise((resolve) => setTimeout(resolve, (index / count) * 500));
        const before = childProcesses(processId);
        const began = performance.now();
        await send(`${plan}/cancel`, 'POST');
        answered.push(performance.now() - began);
        await untilOneIsGone(before);
        gone.push(performance.now() - began);
      }
      return {
        'cancel, p99': percentile(answered, 0.99),
        'cancelled process gone, p99': percentile(gone, 0.99),
      };
    },
  );
}

/** Waits until a planning process has begun with a plan. */
async function untilWorkedOn(plan: string): Promise<void> {
  for (;;) {
    const { progress } = JSON.parse((await send(plan, 'GET')).body) as { progress?: { stage: string } };
    if (progress && progress.stage !== 'wait') return;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

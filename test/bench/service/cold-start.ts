import { MeasuredProcess, withServer } from './measured-process.ts';

/** From nothing to the first answer, in milliseconds, beside a bare server in the same kind of process. */
export async function coldStart(): Promise<Record<string, number>> {
  const start = ({ startMilliseconds }: MeasuredProcess) => Promise.resolve(startMilliseconds);
  return {
    'bare server, start': await withServer(() => MeasuredProcess.bareServer(), start),
    'cold start': await withServer(() => MeasuredProcess.service(), start),
  };
}

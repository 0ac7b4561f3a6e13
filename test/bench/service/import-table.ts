import type { Scenario } from '../../../models/scenario/schema.ts';
import { residentBytes } from '../../../src/processes/memory-watch.ts';
import { largeScenario } from '../../src/http/large-scenario.ts';
import { keep, send } from './client.ts';
import type { Effort } from './effort.ts';
import { MeasuredProcess, withServer } from './measured-process.ts';
import { childProcesses } from './processes.ts';

const PERIODS = 500;

/**
 * A capacity file of a million rows onto a kept scenario, first where the table is empty, then over one of as many rows with every number another
 * one: seconds until it is kept, how much more memory the service and its processes take together at any moment than before both, and how long
 * the event loop is held up.
 */
export async function importTable({ rows }: Effort): Promise<Record<string, number>> {
  const teams = Math.ceil(rows / Math.min(PERIODS, rows));
  return withServer(
    () => MeasuredProcess.service(),
    async (service) => {
      const { periods, ...rest } = largeScenario(1, teams, PERIODS);
      const scenario: Scenario = {
        ...rest,
        periods,
        teams: rest.teams.map((team) => ({ ...team, capacity: [] })),
      };
      const path = `${await keep(service.url, scenario)}/capacity`;
      const fileOf = (round: number) =>
        [
          'team,period,hours',
          ...scenario.teams.flatMap(({ id }, team) =>
            periods.map((period, at) => `${id},${period.id},${100 + ((team * 7 + at) % 900)}.${round}`),
          ),
          '',
        ].join('\r\n');
      const pids = [service.processId, ...childProcesses(service.processId)];
      const held = () => pids.map((pid) => residentBytes(pid) ?? 0);
      const memory = { before: held(), held };
      return {
        ...(await imported(service, memory, path, fileOf(1), '')),
        ...(await imported(service, memory, path, fileOf(2), ' over another')),
      };
    },
  );
}

/** Bytes that the service, first, and each of its processes hold. */
interface Memory {
  /** When nothing had been imported yet. */
  readonly before: readonly number[];
  readonly held: () => readonly number[];
}

async function imported(
  service: MeasuredProcess,
  { before, held }: Memory,
  path: string,
  file: string,
  when: string,
): Promise<Record<string, number>> {
  let peak = 0;
  const peaks = [...before];
  const watch = setInterval(() => {
    const now = held();
    peak = Math.max(
      peak,
      now.reduce((sum, bytes) => sum + bytes, 0),
    );
    now.forEach((bytes, index) => (peaks[index] = Math.max(peaks[index], bytes)));
  }, 20);
  await service.loopDelay();
  const { body, milliseconds } = await send(path, 'PUT', file, {
    'content-type': 'text/csv',
    'if-match': '*',
  });
  clearInterval(watch);
  if (!body.includes('"makesRevision":true')) throw new Error(body.slice(0, 200));
  const { p99, longest } = await service.loopDelay();
  const megabytes = (bytes: number) => bytes / 1024 ** 2;
  return {
    [`import${when}, seconds`]: milliseconds / 1000,
    [`import${when}, memory`]: megabytes(peak - before.reduce((sum, bytes) => sum + bytes, 0)),
    [`import${when}, memory of the service alone`]: megabytes(peaks[0] - before[0]),
    [`import${when}, event loop p99`]: p99,
    [`import${when}, event loop longest`]: longest,
  };
}

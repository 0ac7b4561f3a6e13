import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { describeUnless } from '../describe-unless.ts';
import { smallScenario } from '../models/small-scenario.ts';
import { until } from '../src/http/test-service.ts';
import { KilledService } from './killed-service.ts';
import { type SystemCall, systemCalls, traced, whyNoTrace } from './system-calls.ts';

const SYNCS = ['fdatasync', 'fsync'];
const FILE_WRITES = ['pwrite64', 'pwritev'];
const WRITES = ['write', 'writev', 'sendto', 'sendmsg'];

const ROUNDS = 3;

/** What only the write of one acknowledged change has in it. */
type Marker = string;

/**
 * What is wrong with the answers of a service that were asked for one after the other, each acknowledging a change: each may begin to be
 * written to its socket only when a sync of the log has returned that began when the change was in the log.
 */
function hastyAnswers(calls: readonly SystemCall[], markers: readonly Marker[]): string[] {
  const isOn = (call: SystemCall, names: readonly string[], file: string) =>
    names.includes(call.name) && /^\d+<([^>]*)/.exec(call.parameters)?.[1].includes(file);
  const answers = calls.filter(
    (call) => isOn(call, WRITES, 'TCP:') && call.parameters.includes('HTTP/1.1 20'),
  );
  const syncs = calls.filter((call) => isOn(call, SYNCS, '.db-wal'));
  if (answers.length !== markers.length) return [`${answers.length} answers instead of ${markers.length}`];
  return markers.flatMap((marker, n) => {
    const written = calls.find(
      (call) => isOn(call, [...FILE_WRITES, ...WRITES], '.db-wal') && call.parameters.includes(marker),
    );
    if (written === undefined) return [`${marker} was never written`];
    const isSynced = syncs.some(
      ({ began, returned }) => began > written.returned && returned < answers[n].began,
    );
    return isSynced ? [] : [`${marker} was answered before it was on the disk`];
  });
}

describe('a trace in which', () => {
  const write = '7 pwrite64(21</data/apportion.db-wal>, "..m-1..", 4096, 32) = 4096';
  const sync = '7 fdatasync(21</data/apportion.db-wal>) = 0';
  const begun = '7 fdatasync(21</data/apportion.db-wal> <unfinished ...>';
  const ended = '7 <... fdatasync resumed>) = 0';
  const answer =
    '5 write(24<TCP:[127.0.0.1:3000->127.0.0.1:4000]>, "HTTP/1.1 201 Created\\r\\n..", 300) = 300';
  const otherSync = '7 fdatasync(20</data/apportion.db>) = 0';
  const hasty = ['m-1 was answered before it was on the disk'];

  it.each([
    ['the sync returns before the answer', [write, sync, answer], []],
    ['the sync of another thread returns before the answer', [write, begun, ended, answer], []],
    ['the answer comes first', [write, answer, sync], hasty],
    ['the sync has begun only', [write, begun, answer, ended], hasty],
    ['the sync began before the write had ended', [begun, write, ended, answer], hasty],
    ['another file is synced', [write, otherSync, answer], hasty],
    ['nothing is synced', [write, answer], hasty],
    ['nothing is written', [sync, answer], ['m-1 was never written']],
    ['nothing is answered', [write, sync], ['0 answers instead of 1']],
  ])('%s', (_name, lines, faults) => {
    expect(hastyAnswers(systemCalls(lines.join('\n')), ['m-1'])).toEqual(faults);
  });
});

describeUnless(whyNoTrace(), 'the service, by its system calls,', () => {
  let folder = '';
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('answers a change when it is on the disk, never before', { timeout: 60_000 }, async () => {
    folder = mkdtempSync(join(tmpdir(), 'apportion-trace-'));
    const trace = join(folder, 'trace');
    const service = new KilledService(
      { DATA_DIR: join(folder, 'data'), PLANNING_PROCESSES: '1' },
      traced([...SYNCS, ...FILE_WRITES, ...WRITES], trace),
    );
    await service.start();
    const markers: Marker[] = [];
    try {
      for (let round = 0; round < ROUNDS; round += 1) markers.push(...(await changeEachWay(service, round)));
    } finally {
      await service.kill();
    }
    const text = () => readFileSync(trace, 'utf8');
    await until(() => text().includes('+++ killed by SIGKILL +++'), 'the end of the trace');
    expect(hastyAnswers(systemCalls(text()), markers)).toEqual([]);
    expect(markers).toHaveLength(3 * ROUNDS);
  });
});

/** A create, a change and a plan, one after the other; gives what each has written. */
async function changeEachWay(service: KilledService, round: number): Promise<Marker[]> {
  const scenario = smallScenario();
  const created = await service.insist('post', '/v1/scenarios', { scenario });
  const { id } = JSON.parse(created.text) as { id: string };
  const name = `renamed in round ${round}`;
  const changed = await service.insist(
    'patch',
    `/v1/scenarios/${id}`,
    { name },
    { 'if-match': '"r1"', 'content-type': 'application/merge-patch+json' },
  );
  const asked = await service.insist('post', `/v1/scenarios/${id}/plans`, {});
  expect([created.status, changed.status, asked.status]).toEqual([201, 200, 202]);
  return [id, name, (JSON.parse(asked.text) as { id: string }).id];
}

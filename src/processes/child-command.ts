import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const MEGABYTE = 1024 * 1024;

/**
 * The command line of one planning process, the kernel's own bounds in front where the system has the tools.
 *
 * `entry` may be JavaScript or, in development and tests, TypeScript.
 */
export function planningChildCommand(
  entry: URL,
  memoryLimitBytes: number,
  isFrugal: boolean,
): readonly string[] {
  return [
    ...kernelBounds(memoryLimitBytes),
    process.execPath,
    ...nodeFlags(entry, memoryLimitBytes, isFrugal),
    fileURLToPath(entry),
  ];
}

/**
 * The few variables a planning process may see. It needs no secrets, so it is given none.
 */
export function planningChildEnvironment(): NodeJS.ProcessEnv {
  const names = ['PATH', 'TMPDIR', 'TZ', 'NODE_ENV'];
  return Object.fromEntries(
    names.flatMap((name) => (name in process.env ? [[name, process.env[name]]] : [])),
  );
}

/**
 * Of solves: a request makes objects by the hundred thousand that live as long as it does. With V8's defaults (young objects in 16 MB,
 * the first look through all others after a few dozen) a fifth of a large request went into moving them and looking at them.
 */
const YOUNG_MEGABYTES = 64;
const MOST_UNSEEN_MEGABYTES = 512;

/**
 * Of what reads large tables row by row, whose objects are garbage at once: with room for them, memory fills with garbage. With a
 * million rows this is half a gigabyte less, in the same time.
 */
const FRUGAL_YOUNG_MEGABYTES = 4;

function nodeFlags(entry: URL, memoryLimitBytes: number, isFrugal: boolean): readonly string[] {
  // V8 has to collect garbage before the whole process reaches its limit, so its heap may take three quarters.
  const heapMegabytes = Math.floor((memoryLimitBytes * 0.75) / MEGABYTE);
  // Resolved from this file, because the service may be started in any directory.
  const loader = entry.pathname.endsWith('.ts') ? ['--import', import.meta.resolve('tsx')] : [];
  const unseenMegabytes = Math.min(MOST_UNSEEN_MEGABYTES, Math.floor(heapMegabytes / 4));
  const rooms = isFrugal
    ? [`--max-semi-space-size=${FRUGAL_YOUNG_MEGABYTES}`]
    : [`--max-semi-space-size=${YOUNG_MEGABYTES}`, `--initial-old-space-size=${unseenMegabytes}`];
  return [`--max-old-space-size=${heapMegabytes}`, ...rooms, ...loader];
}

/**
 * Wrappers which set a bound and then become the wrapped program, so the process id stays the same.
 *
 * `setpriv` has the kernel kill the child when the parent dies, even in the middle of a solve, when the child cannot
 * notice a closed socket. `prlimit` stops growth between two looks of the memory watch, and a core file, which would
 * hold a user's data. `--rss` does nothing on Linux, and `--as` counts the gigabytes WASM reserves and never uses.
 * The data bound is above the limit because it counts memory that is allocated and not yet touched.
 */
function kernelBounds(memoryLimitBytes: number): readonly string[] {
  const dataBytes = Math.floor(memoryLimitBytes * 1.25) + 128 * MEGABYTE;
  const wrappers = [
    ['setpriv', '--pdeathsig', 'KILL'],
    ['prlimit', '--core=0', `--data=${dataBytes}`],
  ];
  // Tried once: a small system lacks the tool or the option, and a container may already have a lower bound.
  return wrappers.filter(canRun).flat();
}

function canRun([command = '', ...flags]: readonly string[]): boolean {
  return spawnSync(command, [...flags, 'true'], { stdio: 'ignore' }).status === 0;
}

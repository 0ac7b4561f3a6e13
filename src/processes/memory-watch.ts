import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Samples one process's resident size until stopped. */
export interface MemoryWatch {
  /** The largest sample so far, in bytes; 0 before the first. */
  peakBytes(): number;
  stop(): void;
}

const PROC_INTERVAL_MS = 100;
const PS_INTERVAL_MS = 1000;

/**
 * Calls `onExceeded` once when the process holds more than `limitBytes` of memory.
 *
 * It looks ten times a second on Linux and once a second elsewhere, so a process can pass the limit for that long.
 */
export function watchMemory(pid: number, limitBytes: number, onExceeded: () => void): MemoryWatch {
  let peakBytes = 0;
  let stopped = false;
  const isLinux = process.platform === 'linux';
  const stop = (): void => {
    stopped = true;
    clearInterval(timer);
  };
  const note = (bytes: number | undefined): void => {
    if (stopped || bytes === undefined) return;
    peakBytes = Math.max(peakBytes, bytes);
    if (bytes <= limitBytes) return;
    stop();
    onExceeded();
  };
  const look = (): void => {
    if (isLinux) note(residentBytes(pid));
    else askPs(pid, note);
  };
  const timer = setInterval(look, isLinux ? PROC_INTERVAL_MS : PS_INTERVAL_MS).unref();
  return { peakBytes: () => peakBytes, stop };
}

/** Resident size in bytes, or undefined when the process is gone or the system has no `/proc`. */
export function residentBytes(pid: number): number | undefined {
  try {
    // The kernel answers from memory in some 30 µs; a trip through the thread pool could wait behind real disk reads.
    // `status` is in kB, whereas `statm` is in pages, whose size Node does not tell.
    const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
  } catch {
    return undefined;
  }
}

function askPs(pid: number, note: (bytes: number | undefined) => void): void {
  execFile('ps', ['-o', 'rss=', '-p', String(pid)], (error, output) => {
    const kilobytes = Number.parseInt(output, 10);
    note(error || Number.isNaN(kilobytes) ? undefined : kilobytes * 1024);
  });
}

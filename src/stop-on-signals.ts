/** Signals closer together than this are one. */
const SAME_SIGNAL_MS = 500;

/**
 * Stops at the first SIGTERM or SIGINT; a second one does not wait for that.
 *
 * Started by npm in a group that is signalled as a whole, a process gets the same signal twice at once: that is one.
 */
export function stopOnSignals(stop: (signal: string) => Promise<void>): void {
  let stoppingSince: number | undefined;
  const hear = (signal: string) => {
    if (stoppingSince === undefined) {
      stoppingSince = performance.now();
      void stop(signal);
    } else if (performance.now() - stoppingSince > SAME_SIGNAL_MS) process.exit(1);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, hear);
}

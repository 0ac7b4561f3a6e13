import { describe, it } from 'vitest';

/**
 * A suite that needs something the machine may not have. Where it is missing the suite is skipped and says so on stderr, or fails
 * where `mustRun`.
 *
 * @param missing what is missing, as the end of a sentence; `undefined` where all is there
 */
export function describeUnless(
  missing: string | undefined,
  name: string,
  body: () => void,
  mustRun = false,
): void {
  if (missing === undefined) {
    describe(name, body);
    return;
  }
  if (mustRun) {
    describe(name, () => {
      it('can be tested here', () => {
        throw new Error(missing);
      });
    });
    return;
  }
  process.stderr.write(`SKIPPED: ${name}: ${missing}\n`);
  describe.skip(`${name} (skipped: ${missing})`, body);
}

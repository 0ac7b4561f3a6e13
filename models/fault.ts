/**
 * One thing wrong with what a user sent: where it is, which kind it is, and what to do about it.
 *
 * `pointer` is a JSON pointer (RFC 6901) from the root of the scenario; whoever embeds the scenario in a larger
 * document puts its own prefix in front. `code` is a stable string. `message` is one or two full sentences: what is
 * wrong and how to mend it.
 */
export interface Fault {
  readonly pointer: string;
  readonly code: string;
  readonly message: string;
}

/** Joins path segments to a JSON pointer, escaping `~` and `/` as RFC 6901 asks. */
export function jsonPointer(path: readonly PropertyKey[]): string {
  return path.map((segment) => `/${String(segment).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** Whether something is wrong at a place of a document, in what it has, or with what it is in. */
export function hasFaultAt(faults: readonly Fault[], path: readonly PropertyKey[]): boolean {
  const place = jsonPointer(path);
  return faults.some(
    ({ pointer }) => pointer === place || pointer.startsWith(`${place}/`) || place.startsWith(`${pointer}/`),
  );
}

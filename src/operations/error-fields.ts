/** What may be told of an error: what it is and where, never its message, for that can quote a user's data. */
export interface ErrorFields {
  readonly class: string;
  /** A system's or a library's own word, such as `ENOSPC`. */
  readonly code?: string;
  readonly frames: readonly string[];
}

const CLASS = /^[A-Za-z]\w{0,63}$/;
const CODE = /^[A-Z][A-Z0-9_]{0,63}$/;
const FRAME = /^ {4}at [^\n]*(?::\d+:\d+|<anonymous>|native)\)?$/;
const MOST_FRAMES = 12;

export function errorFields(error: unknown): ErrorFields {
  if (!(error instanceof Error)) return { class: typeof error, frames: [] };
  const { code } = error as { readonly code?: unknown };
  return {
    class: CLASS.test(error.name) ? error.name : 'Error',
    ...(typeof code === 'string' && CODE.test(code) && { code }),
    frames: framesOf(error),
  };
}

/** The stack behind the message. A message of several lines could look like frames, so without its end there are none. */
function framesOf({ message, stack = '' }: Error): string[] {
  const head = message === '' ? /^[\w$ [\]]*\n/.exec(stack)?.[0] : headWith(stack, `: ${message}\n`);
  if (head === undefined) return [];
  return stack
    .slice(head.length)
    .split('\n')
    .filter((line) => FRAME.test(line))
    .slice(0, MOST_FRAMES)
    .map((line) => line.trim());
}

/** The beginning of a stack up to the end of its message, where that is still what the stack was made with. */
function headWith(stack: string, message: string): string | undefined {
  const start = stack.indexOf(message);
  return start < 0 || stack.slice(0, start).includes('\n')
    ? undefined
    : stack.slice(0, start + message.length);
}

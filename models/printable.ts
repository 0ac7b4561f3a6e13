/** Control, format and private-use characters, lone surrogates, line and paragraph separators. */
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}]/gu;

/**
 * A piece of what a user sent, made safe and short enough to stand in a message.
 *
 * What cannot be printed becomes `?`, so that no message can break a log line or turn its own direction round, and
 * the text is cut to `maxCharacters`, the last of which is then an ellipsis.
 */
export function printable(text: string, maxCharacters: number): string {
  // A character is at most two UTF-16 units, so the rest of a very long text need not be looked at.
  const characters = Array.from(text.slice(0, 2 * maxCharacters + 2));
  const cut = characters.length > maxCharacters;
  const shown = cut ? characters.slice(0, maxCharacters - 1).join('') : characters.join('');
  return shown.replace(UNPRINTABLE, '?') + (cut ? '…' : '');
}

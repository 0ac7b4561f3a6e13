/** Marks that turn the direction of what follows, and separators that end a line: a name may have them, a table not. */
const STEERING = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]/gu;

/** A text in which no name can swap the numbers of its line, or begin one of its own. */
export function steady(text: string): string {
  return text.replace(STEERING, '?');
}

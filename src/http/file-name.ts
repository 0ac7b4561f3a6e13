/** Characters that mean something to a file system, that nobody sees, or that turn a line. */
const UNFIT = /[\\/:*?"<>|\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu;

const MOST_CHARACTERS = 100;

/**
 * A text of a user as the beginning of a file's name, on any system. How it stands in a header (RFC 6266, RFC 8187) is for whoever writes that:
 * `response.attachment`.
 */
export function fileNameOf(text: string): string {
  const characters = [...text.replace(UNFIT, ' ').replace(/\s+/g, ' ')].slice(0, MOST_CHARACTERS);
  // Windows drops dots and spaces at the end, and other systems hide what begins with a dot.
  return characters.join('').replace(/^[. ]+|[. ]+$/g, '') || 'plan';
}

/** Longer names are not compared: a slip of the finger is found in short ones too, and the effort is quadratic. */
const MAX_COMPARED_LENGTH = 100;

/**
 * The candidate that `name` was probably meant to be: the one with the fewest single-character edits, letter case
 * aside, if they are at most 2 and at most a third of the name. Undefined if there is none.
 */
export function closestName(name: string, candidates: Iterable<string>): string | undefined {
  const wanted = name.toLowerCase();
  if (wanted.length > MAX_COMPARED_LENGTH) return undefined;
  let closest: string | undefined;
  let fewest = Math.min(2, Math.floor(wanted.length / 3)) + 1;
  for (const candidate of candidates) {
    // The difference in length is a lower bound of the edits, and far cheaper.
    if (Math.abs(candidate.length - wanted.length) >= fewest) continue;
    const edits = editDistance(wanted, candidate.toLowerCase());
    if (edits < fewest) {
      closest = candidate;
      fewest = edits;
    }
  }
  return closest;
}

/** Levenshtein distance, one row of the table at a time. */
function editDistance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = above[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(replaced, above[j] + 1, row[j - 1] + 1));
    }
    above = row;
  }
  return above[b.length];
}

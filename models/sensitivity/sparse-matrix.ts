/**
 * A sparse matrix by its columns or by its rows: the entries of line `k` stand at positions `start[k]` to `start[k + 1] − 1`, and
 * `index` says where across.
 */
export interface SparseMatrix {
  readonly start: Int32Array;
  readonly index: Int32Array;
  readonly value: Float64Array;
}

/** The same matrix by its other side, which has so many lines. */
export function transposed({ start, index, value }: SparseMatrix, lineCount: number): SparseMatrix {
  const transposedStart = new Int32Array(lineCount + 1);
  for (const line of index) transposedStart[line + 1] += 1;
  for (let line = 0; line < lineCount; line += 1) transposedStart[line + 1] += transposedStart[line];
  const next = transposedStart.slice();
  const [transposedIndex, transposedValue] = [new Int32Array(index.length), new Float64Array(index.length)];
  for (let k = 0; k < start.length - 1; k += 1) {
    for (let i = start[k]; i < start[k + 1]; i += 1) {
      const at = next[index[i]];
      next[index[i]] += 1;
      transposedIndex[at] = k;
      transposedValue[at] = value[i];
    }
  }
  return { start: transposedStart, index: transposedIndex, value: transposedValue };
}

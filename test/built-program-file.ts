/** In place of `src/program-file.ts` in tests: the programs of the build, which is made first. */
export function programFile(path: string): URL {
  return new URL(`../dist/src/${path}.js`, import.meta.url);
}

export function planningProcessEntry(): URL {
  return programFile('planning-process');
}

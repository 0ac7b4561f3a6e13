/** A program of this product, by its path in `src` without an extension: TypeScript beside sources, JavaScript in the build. */
export function programFile(path: string): URL {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  return new URL(`./${path}.${extension}`, import.meta.url);
}

/** The program of a planning process. */
export function planningProcessEntry(): URL {
  return programFile('planning-process');
}

/** The program of a planning process, as TypeScript beside the sources and as JavaScript in the build. */
export function planningProcessEntry(): URL {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  return new URL(`./planning-process.${extension}`, import.meta.url);
}

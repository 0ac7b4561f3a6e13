/** Whether this runs from the sources, as the tests do, or from the build, as the bench does. */
const IS_SOURCE = import.meta.url.endsWith('.ts');

/** A program of the project, named from this folder without its extension, as `fork` takes it. */
export function entry(program: string): { readonly file: URL; readonly execArgv: readonly string[] } {
  const file = new URL(`${program}.${IS_SOURCE ? 'ts' : 'js'}`, import.meta.url);
  return { file, execArgv: IS_SOURCE ? ['--import', import.meta.resolve('tsx')] : [] };
}

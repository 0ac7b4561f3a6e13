import { existsSync, readFileSync } from 'node:fs';

/** The product's version, as `package.json` says; found from the sources and from the build alike. */
export function productVersion(): string {
  const candidates = ['../package.json', '../../package.json'].map((path) => new URL(path, import.meta.url));
  const file = candidates.find((candidate) => existsSync(candidate));
  if (file === undefined) throw new Error('package.json is missing beside the sources.');
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

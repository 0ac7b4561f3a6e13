import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Builds what the tests start as processes and threads of their own; a second when nothing has changed. */
export default function buildFirst(): void {
  const [compiler, project] = ['../node_modules/typescript/bin/tsc', 'tsconfig.build.json'].map((path) =>
    fileURLToPath(new URL(path, import.meta.url)),
  );
  const { status, stdout } = spawnSync(process.execPath, [compiler, '-p', project], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`The build fails:\n${stdout}`);
}

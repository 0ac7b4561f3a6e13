import { readdirSync, readFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../', import.meta.url));

const filesIn = (folder: string) =>
  readdirSync(new URL(`../${folder}/`, import.meta.url), { recursive: true, encoding: 'utf8' });

describe('the sources', () => {
  it('depend on each other only as the dependency rules allow', () => {
    const command = [
      'depcruise',
      '--config',
      '.config/dependency-cruiser.cjs',
      '--ts-config',
      'tsconfig.json',
    ];
    const { status, stdout } = spawnSync(
      'node_modules/.bin/depcruise',
      [...command.slice(1), 'src', 'models'],
      {
        cwd: root,
        encoding: 'utf8',
      },
    );
    expect(stdout).toContain('no dependency violations found');
    expect(status).toBe(0);
  });

  it.each(['src', 'models'])('in %s have their tests at the same path under test', (folder) => {
    const sources = new Set(filesIn(folder).filter((file) => file.endsWith('.ts')));
    const tests = filesIn(`test/${folder}`).filter((file) => file.endsWith('.test.ts'));
    const folders = new Set([...sources].map((file) => file.split('/').slice(0, -1).join('/')));
    const strays = tests.filter((file) => !folders.has(file.split('/').slice(0, -1).join('/')));
    expect(strays).toEqual([]);
  });

  it('of the certificate import nothing but their own parts and types', () => {
    const folder = new URL('../models/', import.meta.url);
    const own = readdirSync(new URL('certificate/', folder)).map((file) => `certificate/${file}`);
    expect(own.length).toBeGreaterThan(0);
    for (const file of ['certificate.ts', ...own]) {
      const imports = readFileSync(new URL(file, folder), 'utf8').matchAll(/^import [^;]*?'([^']+)';/gm);
      for (const [statement, from] of imports) {
        const target = new URL(from, new URL(file, folder)).pathname.split('/models/')[1];
        const isOwn = own.includes(target);
        const isPermittedType =
          statement.startsWith('import type ') && ['plan.ts', 'scenario/schema.ts'].includes(target);
        expect(isOwn || isPermittedType, `${file}: ${statement}`).toBe(true);
      }
      expect(readFileSync(new URL(file, folder), 'utf8')).not.toMatch(
        /\bimport\(|\brequire\(|\bexport .* from /,
      );
    }
  });
});

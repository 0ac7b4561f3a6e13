import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { newFolder, run } from './terminal-session.ts';

const root = new URL('../../../', import.meta.url);
const tiny = fileURLToPath(new URL('data/tiny/scenario.json', root));
const folder = newFolder();

afterAll(() => {
  folder.remove();
});

describe('the command line', () => {
  it('as a process of its own prints results on one stream, faults on the other, and exits with its status', () => {
    const apportion = (...words: string[]) => {
      const command = ['--import', 'tsx', 'src/cli.ts', ...words];
      const { status, stdout, stderr } = spawnSync(process.execPath, command, {
        cwd: fileURLToPath(root),
        encoding: 'utf8',
      });
      // A busy machine makes it tell of its progress.
      return { status, stdout, stderr: stderr.replace(/^… .*\n/gm, '') };
    };
    const solved = apportion('solve', tiny);
    expect([solved.status, solved.stderr]).toEqual([0, '']);
    expect(solved.stdout).toMatch(/^Two teams, two queues: optimal, total cost 3,220\.00 USD\n/);
    const wrong = apportion('solve', folder.write('broken.json', '{"name":'));
    expect([wrong.status, wrong.stdout]).toEqual([1, '']);
    expect(wrong.stderr).toMatch(
      /^One fault:\nbroken\.json \/: The text is not JSON: line 1, column 9\. .+ \[invalid-json\]\n$/,
    );
  });

  it.each([['help'], ['--help'], ['solve', '--help'], ['verify', 'a', '--help']])(
    'explains itself for %s %s',
    async (...words) => {
      const { exit, printed, complained } = await run(...words.filter(Boolean));
      expect([exit, complained]).toEqual([0, '']);
      for (const command of ['solve', 'verify', 'export-model', 'sensitivity-table'])
        expect(printed).toContain(`apportion ${command} SCENARIO.json`);
      expect(printed).toContain('apportion invoice REQUEST.json');
    },
  );

  it.each([
    [[], ''],
    [['plan'], 'There is no command "plan".'],
    [['__proto__'], 'There is no command "__proto__".'],
    [['toString'], 'There is no command "toString".'],
    [['solve'], 'Give SCENARIO.json, and nothing more.'],
    [['solve', 'a', 'b'], 'Give SCENARIO.json, and nothing more.'],
    [['verify', 'a'], 'Give SCENARIO.json and PLAN.json, and nothing more.'],
    [['solve', tiny, '--speed', '3'], "Unknown option '--speed'"],
    [['solve', tiny, '--engine', 'glpk'], '--engine takes highs or javascript-lp-solver.'],
    [['solve', tiny, '--out'], "Option '--out <value>' argument missing"],
    [['verify', tiny, tiny, '--out', 'x'], "Unknown option '--out'"],
    [['invoice'], 'Give REQUEST.json, and nothing more.'],
    [['export-model', tiny, '--format', 'gms'], '--format takes lp, mps, javascript-lp-solver.'],
    [['sensitivity-table', tiny], 'Give --table variables or constraints or constraint-status.'],
    [
      ['sensitivity-table', tiny, '--table', 'limits'],
      '--table takes variables or constraints or constraint-status.',
    ],
    [
      ['sensitivity-table', tiny, '--table', 'variables', '--infinity', 'inf'],
      '--infinity takes blank or 1E+30.',
    ],
    [['sensitivity-table', tiny, '--sensitivity', 'full'], "Unknown option '--sensitivity'"],
  ])('exits with 2 for %j and says what is wrong', async (words, message) => {
    const { exit, printed, complained } = await run(...words);
    expect(exit).toBe(2);
    expect(complained.startsWith(message)).toBe(true);
    expect(printed + complained).toContain('Usage:');
    expect(printed + complained).not.toMatch(/\n {4}at /);
  });

  it('exits with 2 for a file that cannot be read or written, and names it', async () => {
    const missing = folder.path('missing.json');
    for (const words of [
      ['solve', missing],
      ['solve', tiny, '--capacity', missing],
      ['verify', tiny, missing],
      ['export-model', missing],
    ]) {
      expect(await run(...words)).toEqual({
        exit: 2,
        printed: '',
        complained: `${missing} cannot be read (ENOENT).\n`,
      });
    }
    const nowhere = folder.path('nowhere/program.lp');
    expect(await run('export-model', tiny, '--out', nowhere)).toEqual({
      exit: 2,
      printed: '',
      complained: `${nowhere} cannot be written (ENOENT).\n`,
    });
    const directory = folder.path('');
    expect((await run('solve', directory)).complained).toBe(`${directory} cannot be read (EISDIR).\n`);
  });
});

import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { LONG } from './effort.ts';
import { PARTS } from './parts.ts';
import { judge, type Run, serviceReport } from './service-report.ts';

/**
 * `npm run bench:service` measures the service and prints a table of targets, figures and yardsticks; `npm run bench:service -- reads` only that
 * part, `--runs N` so many times (3), `--write` puts the table into `README.md`, `--check` exits 1 where a target is missed.
 */
const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: 'string', default: '3' },
    write: { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
  },
});

const wanted = positionals.length > 0 ? positionals : Object.keys(PARTS);
const loads: number[] = [];
const runs: Run[] = [];
for (let index = 1; index <= Number(flags.runs); index += 1) {
  const run: Record<string, number> = {};
  for (const part of wanted) {
    const [load] = loadavg();
    loads.push(load);
    process.stderr.write(`… run ${index}: ${part} (load average ${load.toFixed(2)})\n`);
    const figures = await PARTS[part](LONG);
    for (const [name, value] of Object.entries(figures))
      process.stderr.write(`  ${name}: ${value.toFixed(2)}\n`);
    Object.assign(run, figures);
  }
  runs.push(run);
}

const judged = judge(runs);
const machine = [
  `${cpus().length} cores`,
  cpus()[0].model.trim(),
  `Node ${process.version}`,
  `load average before each part ${Math.min(...loads).toFixed(1)} to ${Math.max(...loads).toFixed(1)}`,
].join(', ');
const report = serviceReport(judged, machine);
process.stdout.write(report);

if (flags.write) {
  const file = new URL('../../../../test/bench/README.md', import.meta.url);
  const text = readFileSync(file, 'utf8');
  writeFileSync(
    file,
    text.replace(
      /(<!-- service figures -->\n)[\s\S]*(<!-- end of service figures -->)/,
      (_, begin: string, end: string) => `${begin}\n${report}\n${end}`,
    ),
  );
}
if (flags.check && judged.some(({ isMet }) => isMet === false)) process.exitCode = 1;

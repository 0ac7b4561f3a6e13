import { type LinearProgram, rightHandSide, senseOfRow } from '../../models/linear-program.ts';
import { columnName, CONSTANT_NAME, rowName } from './program-key.ts';

/** Terms a line: some readers refuse lines longer than 255 or 560 characters. */
const TERMS_A_LINE = 6;

/**
 * Writes a program in the LP format that CPLEX, Gurobi, GLPK, CBC and HiGHS read.
 *
 * `constant` is money owed whatever the plan does; it enters as a column fixed at 1. Columns but binaries have the format's
 * default bounds, 0 to infinity, which are the program's own. Numbers are written so that they read back as the same doubles.
 */
export function writeLp(program: LinearProgram, constant: number): string {
  const lines = ['\\ Apportion: minimise total cost; the key says what the names mean', 'Minimize', ' cost:'];
  const costs = [...program.cost].flatMap((cost, column) =>
    cost === 0 ? [] : [term(cost, columnName(column))],
  );
  if (constant !== 0) costs.push(term(constant, CONSTANT_NAME));
  // The format knows no empty expression; 0 times any column says the same.
  const nothing = term(0, program.columns.length > 0 ? columnName(0) : CONSTANT_NAME);
  lines.push(...wrapped(costs.length > 0 ? costs : [nothing]), 'Subject To');
  program.rows.forEach((_, row) => {
    const terms: string[] = [];
    for (let i = program.rowStart[row]; i < program.rowStart[row + 1]; i += 1) {
      terms.push(term(program.coefficient[i], columnName(program.columnIndex[i])));
    }
    lines.push(` ${rowName(row)}:`, ...wrapped(terms.length > 0 ? terms : [nothing]));
    lines.push(`  ${senseOfRow(program, row)} ${rightHandSide(program, row)}`);
  });
  if (constant !== 0 || program.columns.length === 0) lines.push('Bounds', ` ${CONSTANT_NAME} = 1`);
  const choices = program.columns.flatMap((_, column) =>
    program.isBinary[column] ? [columnName(column)] : [],
  );
  if (choices.length > 0) lines.push('Binaries', ...choices.map((name) => ` ${name}`));
  lines.push('End', '');
  return lines.join('\n');
}

function term(coefficient: number, name: string): string {
  return `${coefficient < 0 ? '-' : '+'} ${Math.abs(coefficient)} ${name}`;
}

function wrapped(terms: readonly string[]): string[] {
  const lines: string[] = [];
  for (let i = 0; i < terms.length; i += TERMS_A_LINE)
    lines.push(`  ${terms.slice(i, i + TERMS_A_LINE).join(' ')}`);
  return lines;
}

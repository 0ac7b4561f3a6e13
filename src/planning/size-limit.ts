import type { LinearProgram } from '../../models/linear-program.ts';
import { formatQuantity } from '../../models/number-text.ts';
import type { Engine } from '../engines/engine.ts';
import type { OptionFault } from './solve-options.ts';

/** Why a program is too large for an engine, as a fault of the option that asked for it; undefined where it is not. */
export function sizeFault(
  { rows, columns, isBinary }: LinearProgram,
  { name, capabilities: { sizeLimit } }: Engine,
  option: 'engine' | 'crossCheck',
): OptionFault | undefined {
  if (sizeLimit === undefined) return undefined;
  const choices = isBinary.reduce((count, each) => count + each, 0);
  const cells = rows.length * columns.length;
  const [kind, mostCells] =
    choices > 0 ? [' with yes/no choices', sizeLimit.cellsWithChoices] : ['', sizeLimit.cells];
  const excess =
    cells > mostCells
      ? `${formatQuantity(rows.length)} rows times ${formatQuantity(columns.length)} columns, ${formatQuantity(cells)} cells; ${name} takes at most ${formatQuantity(mostCells)}${kind}`
      : choices > sizeLimit.choices
        ? `${formatQuantity(choices)} yes/no choices; ${name} takes at most ${formatQuantity(sizeLimit.choices)}`
        : undefined;
  if (excess === undefined) return undefined;
  const remedy = { engine: 'Solve it with the engine highs.', crossCheck: 'Solve it without a cross-check.' };
  return {
    option,
    code: 'too-large-for-engine',
    message: `The program of the scenario has ${excess}. ${remedy[option]}`,
  };
}

import type { RepairPatch, ScenarioLimits } from '../relaxation.ts';

/** The scenario with the patches of a repair; what they do not touch is shared with the one given. */
export function patchedScenario<Part extends ScenarioLimits>(
  scenario: Part,
  patches: readonly RepairPatch[],
): Part {
  return patches.reduce<unknown>(
    (patched, { path, value }) => withValueAt(patched, path.split('/').slice(1), value),
    scenario,
  ) as Part;
}

function withValueAt(node: unknown, path: readonly string[], value: unknown): unknown {
  if (path.length === 0) return value;
  const [step, ...rest] = path;
  if (Array.isArray(node)) {
    if (step === '-') return [...(node as unknown[]), value];
    return (node as unknown[]).with(Number(step), withValueAt(node[Number(step)], rest, value));
  }
  const fields = node as Readonly<Record<string, unknown>>;
  return { ...fields, [step]: withValueAt(fields[step], rest, value) };
}

import type { RepairPatch } from '../relaxation.ts';
import type { Scenario } from '../scenario/schema.ts';

/** The scenario with the patches of a repair; what they do not touch is shared with the one given. */
export function patchedScenario(scenario: Scenario, patches: readonly RepairPatch[]): Scenario {
  return patches.reduce<unknown>(
    (patched, { path, value }) => withValueAt(patched, path.split('/').slice(1), value),
    scenario,
  ) as Scenario;
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

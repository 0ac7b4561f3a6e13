const LINE_WIDTH = 110;

/** JSON in which everything that fits on a line stands on one, so that a table has one line a row. */
export function jsonText(value: unknown, indent = ''): string {
  const oneLine = oneLineText(value);
  if (typeof value !== 'object' || value === null || indent.length + oneLine.length <= LINE_WIDTH)
    return oneLine;
  const inner = `${indent}  `;
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  const lines = Array.isArray(value)
    ? value.map((item) => jsonText(item, inner))
    : Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${jsonText(item, inner)}`);
  return `${open}\n${lines.map((line) => inner + line).join(',\n')}\n${indent}${close}`;
}

function oneLineText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(oneLineText).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${oneLineText(item)}`);
  return `{ ${fields.join(', ')} }`;
}

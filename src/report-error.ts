/** Says that a mistake was made and where, but not with what: messages can quote a user's data. */
export function reportError(error: unknown): void {
  const frames =
    error instanceof Error
      ? (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '))
      : [];
  console.error(
    `Unexpected ${error instanceof Error ? error.name : typeof error}\n${frames.slice(0, 10).join('\n')}`,
  );
}

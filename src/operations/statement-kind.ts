const KINDS = ['select', 'insert', 'update', 'delete', 'begin', 'commit', 'rollback', 'vacuum'];

/** The first word of a statement, where it is one that we use; of the rest nothing is said. */
export function statementKind(sql: string): string {
  const word = /^\s*([a-z]+)/i.exec(sql)?.[1].toLowerCase();
  return word !== undefined && KINDS.includes(word) ? word : 'other';
}

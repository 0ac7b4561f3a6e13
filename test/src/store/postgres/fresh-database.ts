import { inject } from 'vitest';
import { describeUnless } from '../../../describe-unless.ts';
import { whyNoPostgres } from './postgres-binaries.ts';

/** A suite that needs PostgreSQL: skipped with a notice where there is none for the platform, failed where CI would skip it. */
export function describeWithPostgres(name: string, body: () => void): void {
  describeUnless(whyNoPostgres(), name, body, Boolean(process.env.CI));
}

/** The URL of a fresh, empty database on the PostgreSQL that the whole run shares. */
export async function freshDatabase(): Promise<string> {
  const response = await fetch(inject('freshDatabases'));
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return text;
}

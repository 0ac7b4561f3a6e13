import type { Request } from 'express';

/** The part of an address that a route's path calls `name`. */
export function pathWord(request: Request, name: string): string {
  const word = request.params[name];
  // Only a wildcard gives a list, and no path has one. No id has a NUL, and PostgreSQL refuses to look for one.
  return typeof word === 'string' && !word.includes('\0') ? word : '';
}

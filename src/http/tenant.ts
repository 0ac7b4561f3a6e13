import type { Request } from 'express';
import type { Tenant } from '../store/store.ts';

/** Whose records a request is about. There is no authentication yet, so there is one tenant. */
export function tenantOf(_request: Request): Tenant {
  return 'default';
}

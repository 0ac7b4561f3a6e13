import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Scenario } from '../../models/scenario/schema.ts';

/** A scenario as it is kept. */
export interface KeptScenario {
  readonly name: string;
  /** SHA-256 of its RFC 8785 form, in hexadecimal digits: the same for the same scenario, however it was written. */
  readonly sha256: string;
  /** JSON, with the members in the order in which they were sent. */
  readonly content: Buffer;
}

export function keptScenario(scenario: Scenario): KeptScenario {
  return {
    name: scenario.name,
    sha256: scenarioSha256(scenario),
    content: Buffer.from(JSON.stringify(scenario)),
  };
}

export function scenarioSha256(scenario: Scenario): string {
  return createHash('sha256').update(canonicalize(scenario)!).digest('hex');
}

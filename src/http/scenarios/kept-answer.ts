import type { KeptAnswer, RevisionRecord, ScenarioRecord } from '../../store/store.ts';
import { etagOf } from '../preconditions.ts';
import { keptScenarioOf } from '../records.ts';

/** The answer to what made a revision. */
export function revisionAnswer(
  status: 200 | 201,
  scenario: Pick<ScenarioRecord, 'id' | 'name' | 'createdAt'>,
  revision: RevisionRecord,
): KeptAnswer {
  return {
    status,
    headers: {
      ETag: etagOf(revision.revision),
      ...(status === 201 && { Location: `/v1/scenarios/${scenario.id}` }),
    },
    body: JSON.stringify(keptScenarioOf(scenario, revision)),
  };
}

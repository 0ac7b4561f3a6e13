import { DECIMAL_SIGNS } from '../../scenarios/csv-cells.ts';
import { type Problems, SCENARIO_PROBLEMS } from '../operation.ts';

/** Pieces that several operations on scenarios and plans share. */

export const SCENARIO_ID = parameter('scenario', 'path', 'The id of the scenario.');
export const REVISION_NUMBER = {
  ...parameter('revision', 'path', 'The number of the revision.'),
  schema: { type: 'integer', minimum: 1 },
};
export const IF_MATCH = parameter(
  'If-Match',
  'header',
  'The ETag of the revision that the change is made from; `*` for whichever is the newest.',
);
export const IDEMPOTENCY_KEY = {
  ...parameter(
    'Idempotency-Key',
    'header',
    'Up to 255 printable ASCII characters of your own: the same request with the same key within 24 hours is done once, and answered the same.',
  ),
  required: false,
};
export const PAGE = [
  {
    ...parameter('limit', 'query', 'How many at most; default 50.'),
    required: false,
    schema: { type: 'integer', minimum: 1, maximum: 200 },
  },
  { ...parameter('cursor', 'query', 'Where to go on: `next` of the page before.'), required: false },
];

export const COMMENT = {
  ...parameter('comment', 'query', 'Why it was changed, for people.'),
  required: false,
  schema: { type: 'string', maxLength: 200 },
};

/** How a file is read, and whether it is kept. */
export const TABLE_QUERY = [
  COMMENT,
  {
    ...parameter(
      'dryRun',
      'query',
      '`true`: says what the file would change, with all checks, and keeps nothing.',
    ),
    required: false,
    schema: { type: 'string', enum: ['true', 'false'] },
  },
  {
    ...parameter('decimal', 'query', 'The decimal sign of the numbers; `point` unless said otherwise.'),
    required: false,
    schema: { type: 'string', enum: DECIMAL_SIGNS },
  },
];

export const ETAG = header('ETag', 'Names the revision, for If-Match.');
export const LOCATION = header('Location', 'Its address.');

export const STORE_PROBLEMS: Problems = {
  'store-unavailable': 'The store is not available; nothing was changed.',
  'store-full': 'There is no room on the disk; nothing was changed.',
  'internal-error': 'The service made a mistake.',
};

/** What can come of a scenario that is sent to be kept. */
export const KEEP_PROBLEMS: Problems = { ...SCENARIO_PROBLEMS, ...STORE_PROBLEMS };

/** What can come of an address with a scenario in it. */
export const SCENARIO_ADDRESS_PROBLEMS: Problems = {
  'not-found': 'There is no such scenario.',
  gone: 'The scenario has been deleted; its revisions are still there.',
};

/** What can come of a change that names the revision it is made from. */
export const CHANGE_PROBLEMS: Problems = {
  ...SCENARIO_ADDRESS_PROBLEMS,
  'precondition-required': 'If-Match is missing.',
  stale: 'Somebody else has changed the scenario meanwhile; `changes` lists the revisions since.',
};

function parameter(name: string, place: 'path' | 'header' | 'query', description: string): object {
  return { name, in: place, required: true, description, schema: { type: 'string' } };
}

function header(name: string, description: string): Record<string, object> {
  return { [name]: { description, schema: { type: 'string' } } };
}

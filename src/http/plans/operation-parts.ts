/** Pieces that several operations on plans share. */
export const PLAN_ID = {
  name: 'plan',
  in: 'path',
  required: true,
  description: 'The id of the plan.',
  schema: { type: 'string' },
};

/** The cost terms of people and contracts in a plan without any. */
export const NO_PEOPLE_COSTS = { hiring: 0, training: 0, release: 0, overtime: 0, contracts: 0 } as const;

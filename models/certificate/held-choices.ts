/**
 * The yes/no choices a plan has made. With them held, prices prove that no plan with the same choices costs less; of
 * plans with other choices they say nothing.
 */
export interface HeldChoices {
  /** Whether a choice keeps a workflow from a site in a period: not opened, not among its sites, nothing there then. */
  readonly isClosed: (w: number, site: number, t: number) => boolean;
  /** Whether a workflow has hours at a site in a period and must have a minimum of them. */
  readonly hasMinimum: (w: number, site: number, t: number) => boolean;
  /** Money for the sites that are open. */
  readonly openingCost: number;
  /** Heads of a team's class in a period, where they are a choice: 0 where none begins, undefined where any number may be hired. */
  readonly classOf: (k: number, t: number) => number | undefined;
  /** The hours or contacts between which a contract's bill of a period is held; undefined where it is not. */
  readonly bracketOf: (contract: number, t: number) => Bracket | undefined;
  /** Money for the classes that begin in a period, whatever their size. */
  readonly classCost: (t: number) => number;
}

export interface Bracket {
  readonly from: number;
  readonly to: number;
}

export const NO_CHOICES: HeldChoices = {
  isClosed: () => false,
  hasMinimum: () => false,
  openingCost: 0,
  classOf: () => undefined,
  bracketOf: () => undefined,
  classCost: () => 0,
};

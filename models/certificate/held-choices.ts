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
}

export const NO_CHOICES: HeldChoices = { isClosed: () => false, hasMinimum: () => false, openingCost: 0 };

import type { ConstraintFamily } from '../constraint-family.ts';
import { mostOfTeams, mostVolume } from '../contracts/volumes.ts';

/**
 * Where an hour becomes cheaper, or a bill jumps, the bracket in which a period's volume is billed is a choice.
 *
 * A bracket begins at a volume and with a bill, and its pieces go on from there; exactly one is taken, and there are only hours in its pieces. So the choices
 * made continuous are the tightest convex bill below the true one. Links by what the vendor's teams could do make it tighter still; they are rows of their own,
 * for a conflict that rests on capacity has to say so. A bill that is one bracket has no choices.
 */
export const contractBracket = {
  name: 'contract-bracket',
  summary:
    "Where a contract makes an hour cheaper, or its bill jumps, a period's volume is billed in one of the brackets between.",
  formula: 'Σ_s z[v,t,s] = 1; q[v,t,i] ≤ most[v,t,i] · z[v,t,s] for each piece i of bracket s; z ∈ {0, 1}',
  unit: 'hours',
  inputs: {},
  addColumns(data, program) {
    for (const { vendor, brackets } of data.contracts)
      brackets.forEach((ofPeriod, period) => {
        if (ofPeriod.length === 1) return;
        ofPeriod.forEach(({ atFrom }, bracket) =>
          program.addColumn({ kind: 'bracket', vendor, period, bracket }, atFrom - ofPeriod[0].atFrom),
        );
      });
  },
  addRows(data, program) {
    for (const { vendor, contract, brackets } of data.contracts)
      brackets.forEach((ofPeriod, period) => {
        if (ofPeriod.length === 1) return;
        const subject = { vendor: data.vendors[vendor], period: data.periods[period].id };
        const family = 'contract-bracket';
        const choiceOf = (bracket: number) => program.columnOf({ kind: 'bracket', vendor, period, bracket })!;
        program.beginRow({ family, subject, isDefinition: true }, '=', 1);
        ofPeriod.forEach((_, bracket) => {
          program.addEntry(choiceOf(bracket), 1);
        });
        const most = mostVolume(data, vendor, contract.volume, period);
        const ofTeams = mostOfTeams(data, vendor, contract.volume, period);
        ofPeriod.forEach(({ pieces, firstSlice }, bracket) => {
          pieces.forEach(({ from, to }, i) => {
            const slice = program.columnOf({ kind: 'billed', vendor, period, slice: firstSlice + i })!;
            const addLink = (familyOfLink: string, end: number) => {
              program.beginRow({ family: familyOfLink, subject, isLink: true }, '<=', 0);
              program.addEntry(slice, 1);
              program.addEntry(choiceOf(bracket), -Math.max(0, end - from));
            };
            addLink(family, Math.min(to, most));
            if (ofTeams < Math.min(to, most)) addLink('bracket-of-teams', ofTeams);
          });
        });
      });
  },
  wording: {
    label: (subject) => `Bracket of ${subject.vendor ?? ''} in ${subject.period ?? ''}`,
    oneMore: (subject) => `One more in the bracket of ${subject.vendor ?? ''} in ${subject.period ?? ''}`,
    requirement: (subject) =>
      `${subject.vendor ?? ''} bills its volume in ${subject.period ?? ''} in one bracket of its contract`,
  },
} as const satisfies ConstraintFamily;

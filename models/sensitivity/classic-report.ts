import { familyNamed } from '../constraints/index.ts';
import { namesOf } from '../constraint-family.ts';
import type { PricedReport } from '../plan.ts';
import { basisReport } from './basis-report.ts';
import type { PricedProgram } from './priced-program.ts';
import { priceSentence } from './price-sentence.ts';
import { sameLimits } from './same-limits.ts';

/** The classic sensitivity report: what the engine's basis says, with a sentence for every limit that binds. */
export function classicReport(solved: PricedProgram): PricedReport {
  const names = namesOf(solved.data);
  const report = basisReport(solved, sameLimits(solved.program, solved.isClosed), names);
  const constraints = report.constraints.map((limit) => {
    if (!limit.binding) return limit;
    return { ...limit, sentence: priceSentence(limit, familyNamed(limit.family), names) };
  });
  return { ...report, constraints };
}

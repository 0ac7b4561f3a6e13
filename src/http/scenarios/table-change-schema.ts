import { z } from 'zod';
import { MAX_LISTED_ROWS } from '../../scenarios/table-change.ts';
import { keptScenarioSchema } from '../records.ts';

/** What a file changes in a table, as the API says it. */

const count = z.int().min(0);

const amounts = z
  .strictObject({
    hours: z.number().nullable().optional(),
    fte: z.number().optional(),
    paidHoursPerFte: z.number().optional(),
    shrinkage: z.number().optional(),
    contacts: z.number().optional(),
    ahtSeconds: z.number().optional(),
  })
  .meta({ id: 'RowAmounts', description: 'The amounts of a row; `hours` null = no limit.' });

const row = z
  .strictObject({
    team: z.string().optional(),
    workflow: z.string().optional(),
    period: z.string(),
    line: z
      .int()
      .min(1)
      .optional()
      .meta({ description: 'Its line in the file, counted from 1; absent where the file does not have it.' }),
    from: amounts.optional(),
    to: amounts.optional(),
  })
  .meta({ id: 'ChangedRow', description: 'A row of a table that is not the same before and after.' });

const rows = (what: string) =>
  z
    .array(row)
    .max(MAX_LISTED_ROWS)
    .meta({ description: `${what} At most ${MAX_LISTED_ROWS}; \`rows\` counts all.` });

export const tableChangeSchema = z
  .strictObject({
    makesRevision: z.boolean().meta({
      description: 'False where the file changes nothing, so that there is no new revision.',
    }),
    rows: z.strictObject({ created: count, changed: count, unchanged: count, missing: count }),
    created: rows('Rows that the table did not have.'),
    changed: rows('Rows with other amounts.'),
    missing: rows('Rows that the file does not have, and that are gone with it.'),
    scenario: keptScenarioSchema.optional().meta({
      description: 'The scenario at its newest revision; absent in a dry run.',
    }),
  })
  .meta({ id: 'TableChange', description: 'What a file changes in a table of a scenario.' });

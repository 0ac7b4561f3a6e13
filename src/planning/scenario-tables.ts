import { z } from 'zod';
import { MAX_FAULTS } from '../../models/scenario/schema-faults.ts';
import { tableText } from '../exports/table-text.ts';
import type { HandlerReply, ReceivedRequest, RequestContext } from '../processes/serve-requests.ts';
import { DECIMAL_SIGNS } from '../scenarios/csv-cells.ts';
import { scenarioIn } from '../scenarios/kept-content.ts';
import { faultsOfImport, keptWithFile, readFileFor } from '../scenarios/import-table.ts';
import { KeptTable } from '../scenarios/kept-table.ts';
import { isNoChange, tableChange } from '../scenarios/table-change.ts';
import { TABLE_NAMES } from '../scenarios/table-files.ts';
import { faultReply, textAnswer } from './replies.ts';

/** What a planning process is told beside a kept scenario and the file for one of its tables. */
export const importTableOptions = z.strictObject({
  table: z.enum(TABLE_NAMES),
  decimal: z.enum(DECIMAL_SIGNS),
  /** Only says what would change. */
  isDryRun: z.boolean(),
});

/** What it says of them: `scenario` is there where another revision is to be kept. Its body is the change, then the scenario. */
export const importedTableHeader = z.object({
  makesRevision: z.boolean(),
  /** How many bytes of the body are the change, as the members of a JSON object. */
  changeBytes: z.int(),
  scenario: z.object({ name: z.string(), sha256: z.string() }).optional(),
});

/**
 * Replaces a table of a kept scenario by a file, all or nothing. Throws where the options are not valid: HTTP has checked them. The parts of
 * the request are empty afterwards.
 */
export function replyToImportTable(
  { parts, options }: ReceivedRequest,
  { context }: { readonly context: Pick<RequestContext, 'letGoOfParts'> },
): HandlerReply {
  const { table, decimal, isDryRun } = importTableOptions.parse(options);
  // A copy, for it is read again when the file, many times as large, is let go of.
  const kept = new KeptTable(Buffer.from(parts[0]), table);
  const file = readFileFor(kept.rest, table, parts[1], decimal);
  context.letGoOfParts();
  const faults = faultsOfImport(kept, file);
  if (faults.length > 0) return faultReply(faults.slice(0, MAX_FAULTS));
  const change = tableChange(kept.items(), file);
  const makesRevision = !isNoChange(change);
  const said = Buffer.from(JSON.stringify({ makesRevision, ...change }));
  const header = { outcome: 'answer', makesRevision, changeBytes: said.length } as const;
  if (isDryRun || !makesRevision) return { header, body: [said] };
  const { name, sha256, content } = keptWithFile(kept, file);
  return { header: { ...header, scenario: { name, sha256 } }, body: [said, ...content] };
}

/** What a planning process is told beside a kept scenario of which a table is asked for. */
const exportTableOptions = z.strictObject({ table: z.enum(TABLE_NAMES) });

/** A table of a kept scenario as a CSV file. */
export function replyToExportTable({ parts, options }: ReceivedRequest): HandlerReply {
  const { table } = exportTableOptions.parse(options);
  return textAnswer(tableText(scenarioIn(parts[0]), table));
}

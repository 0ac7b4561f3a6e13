import { basename } from 'node:path';
import { invoiceText } from '../exports/invoice-text.ts';
import { readInvoices } from '../planning/invoice-reply.ts';
import { writeAnswer } from './plan-files.ts';
import { EXIT, faultLines, readInput, readWords, type Terminal } from './terminal.ts';

/** `invoice`: a vendor's bills recomputed from what it delivered, line by line. */
export async function invoiceCommand(words: readonly string[], terminal: Terminal): Promise<number> {
  const { files, values } = readWords(words, ['REQUEST.json'], ['out']);
  const { bills, faults } = readInvoices(await readInput(files[0]));
  if (faults) {
    terminal.printError(faultLines(faults, basename(files[0])));
    return EXIT.notValid;
  }
  await writeAnswer(values.out, JSON.stringify(bills));
  terminal.print(invoiceText(bills));
  return EXIT.done;
}

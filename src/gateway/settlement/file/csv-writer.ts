import { csvText } from './csv-cell.js';
import type { FileWriter } from './file-writer.js';

const COLUMNS = [
  'record',
  'reference',
  'revision',
  'kind',
  'service',
  'operator',
  'gross_fen',
  'card_fen',
  'sponsor_fen',
  'other_fen',
  'debited_fen',
  'amount_fen',
  'text',
];

/** A row that says one thing of the settlement: all columns but `record`, `reference` and `text` are empty. */
const note = (record: string, reference: string, text = ''): string =>
  `${record},${csvText(reference)},,,,,,,,,,,${csvText(text)}\n`;

/** One row a line, between rows that name the settlement and a row of totals; UTF-8, lines end with a line feed. */
export const csvWriter: FileWriter = {
  mediaType: 'text/csv',
  begin: ({ id, number, serviceDay, partyKind, party, resubmits }, previousSha256) =>
    [
      `${COLUMNS.join(',')}\n`,
      note('settlement', id, `number ${number}`),
      note('service-day', serviceDay),
      note(partyKind, party),
      note('previous-sha256', previousSha256),
      ...(resubmits === undefined ? [] : [note('resubmits', resubmits)]),
    ].join(''),
  line: (line) => {
    const { record, reference, revision, kind, service, operator } = line;
    const start = `${record},${csvText(reference)},${revision || ''},${kind},${service},${csvText(operator)}`;
    const amounts = `${line.grossFen},${line.cardFen},${line.sponsorFen},${line.otherFen},${line.debitedFen}`;
    return `${start},${amounts},,${csvText(line.reason)}\n`;
  },
  end: ({ lines, grossFen, cardFen, sponsorFen, otherFen, debitedFen, amountFen }) =>
    `total,,,,,,${grossFen},${cardFen},${sponsorFen},${otherFen},${debitedFen},${amountFen},${lines} lines\n`,
};

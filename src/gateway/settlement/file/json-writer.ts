import type { FileWriter } from './file-writer.js';

/** Most are names that need no escaping: looking is cheaper than writing anew. */
const PLAIN = /^[\w :.-]*$/;

const textOf = (text: string): string => (PLAIN.test(text) ? `"${text}"` : JSON.stringify(text));

const field = (name: string, text: string): string => (text === '' ? '' : `,"${name}":${textOf(text)}`);

/** One JSON document, a line of it for each line of the settlement. */
export const jsonWriter: FileWriter = {
  mediaType: 'application/json',
  begin: ({ id, number, serviceDay, partyKind, party, resubmits }, previousSha256) => {
    const head = { id, number, serviceDay, partyKind, party, previousSha256, ...(resubmits && { resubmits }) };
    return `{"settlement":${JSON.stringify(head)},\n"lines":[`;
  },
  line: (line, index) => {
    const { record, reference, revision, kind, service, operator, reason } = line;
    const what = `{"record":"${record}","reference":${textOf(reference)}${revision > 0 ? `,"revision":${revision}` : ''}`;
    const where = `,"kind":${textOf(kind)}${field('service', service)}${field('operator', operator)}`;
    const amounts = `,"grossFen":${line.grossFen},"cardFen":${line.cardFen},"sponsorFen":${line.sponsorFen}`;
    const rest = `,"otherFen":${line.otherFen},"debitedFen":${line.debitedFen}${field('reason', reason)}}`;
    return `${index === 0 ? '' : ','}\n${what}${where}${amounts}${rest}`;
  },
  end: (totals) => `\n],\n"totals":${JSON.stringify(totals)}}\n`,
};

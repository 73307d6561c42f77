import type { FileWriter } from './file-writer.js';

/** One JSON document, a line of it for each line of the settlement. */
export const jsonWriter: FileWriter = {
  mediaType: 'application/json',
  begin: ({ id, number, serviceDay, partyKind, party, resubmits }, previousSha256) => {
    const head = { id, number, serviceDay, partyKind, party, previousSha256, ...(resubmits && { resubmits }) };
    return `{"settlement":${JSON.stringify(head)},\n"lines":[`;
  },
  line: ({ record, reference, revision, kind, service, operator, reason, ...fen }, index) => {
    const { grossFen, cardFen, sponsorFen, otherFen, debitedFen } = fen;
    const line = {
      record,
      reference,
      ...(revision > 0 && { revision }),
      kind,
      ...(service !== '' && { service }),
      ...(operator !== '' && { operator }),
      grossFen,
      cardFen,
      sponsorFen,
      otherFen,
      debitedFen,
      ...(reason !== '' && { reason }),
    };
    return `${index === 0 ? '' : ','}\n${JSON.stringify(line)}`;
  },
  end: (totals) => `\n],\n"totals":${JSON.stringify(totals)}}\n`,
};

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { jsonWriter } from '../../../src/gateway/settlement/file/json-writer.js';
import type { SettlementLine } from '../../../src/gateway/settlement/settlement.js';

const text = fc.oneof(fc.string(), fc.constantFrom('', 'tap_00ff', 'ningbo bus', '"', 'a\n', '甬'));
const fen = fc.integer({ min: -1_000_000, max: 1_000_000 });

it('writes a line as JSON.stringify would, fields that say nothing left out', () => {
  const lines = fc.record({
    record: fc.constantFrom('charge', 'transaction'),
    reference: text,
    revision: fc.nat(3),
    kind: text,
    service: text,
    operator: text,
    grossFen: fen,
    cardFen: fen,
    sponsorFen: fen,
    otherFen: fen,
    debitedFen: fen,
    reason: text,
  });
  fc.assert(
    fc.property(lines, ({ record, reference, revision, kind, service, operator, reason, ...amounts }) => {
      const said = {
        record,
        reference,
        ...(revision > 0 && { revision }),
        kind,
        ...(service !== '' && { service }),
        ...(operator !== '' && { operator }),
        ...amounts,
        ...(reason !== '' && { reason }),
      };
      const line = { record, reference, revision, kind, service, operator, reason, ...amounts } as SettlementLine;
      expect(jsonWriter.line(line, 0)).toBe(`\n${JSON.stringify(said)}`);
    }),
  );
});

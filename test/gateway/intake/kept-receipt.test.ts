import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { PriceStep } from '../../../src/gateway/fares/index.js';
import type { Receipt } from '../../../src/gateway/intake/index.js';
import { packReceipt, stepsIn, unpackReceipt } from '../../../src/gateway/intake/kept-receipt.js';
import { areNamed, keptSteps, writtenSteps } from '../../../src/gateway/intake/price-steps.js';
import { receiptText } from '../../../src/gateway/intake/receipt-text.js';

const text = fc.string({ unit: 'binary' });
const fen = fc.integer();
const step = fc.record(
  { rule: text, text, textZh: text, amountFen: fen },
  { requiredKeys: ['rule', 'text', 'textZh'] },
);
const REQUIRED = [
  ...(['id', 'service', 'serviceDay', 'status', 'startedAt', 'fareProduct', 'fareFen', 'discountFen'] as const),
  ...(['netFen', 'debitedFen', 'dueFen', 'rules', 'steps', 'funding'] as const),
];
const journey = fc.record(
  {
    id: text,
    service: fc.constantFrom('bus', 'metro'),
    serviceDay: text,
    status: fc.constantFrom('open', 'complete', 'incomplete'),
    startedAt: text,
    endedAt: fc.string({ minLength: 1 }),
    fareProduct: text,
    fareFen: fen,
    discountFen: fen,
    netFen: fen,
    debitedFen: fen,
    dueFen: fen,
    rules: fc.array(text, { maxLength: 3 }),
    steps: fc.array(step, { maxLength: 3 }),
    funding: fc.array(fc.record({ sponsor: text, amountFen: fen }), { maxLength: 2 }),
  },
  { noNullPrototype: true, requiredKeys: REQUIRED },
);
const membership = fc.record({ at: text, year: fen, entitled: fc.boolean(), reason: text, text, textZh: text });

it('gives a receipt back byte for byte, and tells it as JSON does', () => {
  fc.assert(
    fc.property(
      fc.record({ tapId: text, cardMask: text, service: text, event: text, at: text }),
      fc.option(journey, { nil: undefined }),
      fc.option(membership, { nil: undefined }),
      (tap, ofJourney, ofMember) => {
        const told = { ...tap, ...(ofJourney && { journey: ofJourney }), ...(ofMember && { membership: ofMember }) };
        const receipt = told as unknown as Receipt;
        const steps = JSON.stringify(receipt.journey?.steps ?? []);
        const kept = JSON.parse(packReceipt(receipt, keptSteps(steps)));
        const row = { id: tap.tapId, card_mask: tap.cardMask, service: tap.service, event: tap.event, at: tap.at };
        expect(stepsIn(kept)).toEqual(ofJourney ? [keptSteps(steps)] : []);
        expect(JSON.stringify(unpackReceipt(row, kept, () => steps))).toBe(JSON.stringify(receipt));
        expect(receiptText(receipt, steps)).toBe(JSON.stringify(receipt));
      },
    ),
    { numRuns: 100 },
  );
});

it('leaves a receipt that was kept before as it is', () => {
  const receipt = { tapId: 'tap_1', journey: { steps: [] } } as unknown as Receipt;
  const row = { id: 'tap_1', card_mask: '', service: 'bus', event: 'single', at: '' };
  expect(unpackReceipt(row, JSON.parse(JSON.stringify(receipt)), (kept) => kept)).toEqual(receipt);
  expect(stepsIn(receipt)).toEqual([]);
});

it('names steps where they are long, the same by the same name', () => {
  const long = JSON.stringify([{ rule: 'fare', text: 'x'.repeat(80) }]);
  expect(areNamed(keptSteps(long))).toBe(true);
  expect(keptSteps(long)).toBe(keptSteps(JSON.stringify(JSON.parse(long))));
  expect(keptSteps(long)).not.toBe(keptSteps(long.replace('x', 'y')));
  expect(keptSteps('[]')).toBe('[]');
});

it('writes the same steps once, and no others for them', () => {
  const steps = ['a', 'b', 'c'].map((text) => ({ rule: 'fare', text, textZh: text.repeat(99) }) as const);
  const [first, second, third] = steps as [PriceStep, PriceStep, PriceStep];
  for (const some of [[first, second], [first, second], [second, first], [first], [first, second, third], []]) {
    const text = JSON.stringify(some);
    expect(writtenSteps(some)).toEqual({ text, kept: keptSteps(text) });
  }
});

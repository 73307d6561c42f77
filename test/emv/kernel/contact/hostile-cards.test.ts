import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromHex } from '../../../../emv/bytes.js';
import { contactTransaction, readElectronicCashBalances, readLog } from '../../../../emv/kernel/index.js';
import {
  CARD_DATA,
  ContactCard,
  converse,
  cryptogram,
  DEBIT,
  object,
  objects,
  type Ports,
  terminal,
  toResponse,
} from './contact-card.js';

const OUTCOMES = ['approved-offline', 'approved-online', 'online-requested', 'declined', 'terminated'];
const bytes = fc.uint8Array({ maxLength: 300 });
const ports: Ports = {
  'enter-pin': (_, turn) => (turn < 4 ? { result: 'entered', pin: '1234' } : { result: 'bypassed' }),
  'authorize-online': () => ({
    result: 'answered',
    authorizationResponseCode: '00',
    issuerAuthenticationData: fromHex('11223344556677883030'),
    scripts: [fromHex(object('72', object('86', '84180000040000000000'.slice(0, 18))))],
  }),
};
const everything = terminal(
  { '9F7A': '01', '9F7B': '000000100000' },
  { requestsOnline: true, encipheredPin: true, pinPadding: new Uint8Array(300) },
);

test('whatever a card answers ends in an outcome', () => {
  fc.assert(
    fc.property(fc.array(bytes, { minLength: 1, maxLength: 20 }), (answers) => {
      let turn = 0;
      const { outcome } = converse(contactTransaction(everything), () => answers[turn++ % answers.length], ports);
      expect(OUTCOMES).toContain(outcome.outcome);
    }),
    { numRuns: 300 },
  );
});

const GENUINE = {
  profile: '7D00',
  objects: { '9F17': '03', '9F36': '0005', '9F13': '0002', '9F79': '000000020000' },
  records: {
    '1.1': object(
      '70',
      objects({
        ...CARD_DATA,
        '8E': '0000000000000000' + '4100' + '4400' + '4200' + '1F00',
        '9F14': '02',
        '9F23': '05',
      }),
    ),
  },
  cryptograms: [cryptogram('80'), cryptogram('40')],
};

test('a genuine card, one answer of which is anything, or cut, or with a bit changed', () => {
  const change = fc.oneof(
    bytes.map((other) => () => other),
    fc.nat(300).map((length) => (answer: Uint8Array) => answer.subarray(0, length)),
    fc.nat(2000).map((bit) => (answer: Uint8Array) => {
      const changed = answer.slice();
      if (changed.length > 0) changed[(bit >> 3) % changed.length]! ^= 1 << (bit & 7);
      return changed;
    }),
  );
  fc.assert(
    fc.property(fc.nat(20), change, (place, bend) => {
      const card = new ContactCard(GENUINE);
      let turn = 0;
      const { outcome } = converse(
        contactTransaction(everything),
        (command) => {
          const answer = toResponse(card.answer(command));
          return turn++ === place ? bend(answer) : answer;
        },
        ports,
      );
      expect(OUTCOMES).toContain(outcome.outcome);
      expect(outcome.terminalVerificationResults).toHaveLength(5);
    }),
    { numRuns: 1000 },
  );
});

test('logs and balances of any card end too', () => {
  fc.assert(
    fc.property(fc.array(bytes, { minLength: 1, maxLength: 8 }), (answers) => {
      for (const kernel of [readLog(fromHex(DEBIT), 'load'), readElectronicCashBalances(fromHex(DEBIT))]) {
        let turn = 0;
        expect(typeof converse<{ ok: boolean }>(kernel, () => answers[turn++ % answers.length]).outcome.ok).toBe(
          'boolean',
        );
      }
    }),
    { numRuns: 200 },
  );
});

test('whoever drives the kernel is told of an answer to something else', () => {
  const kernel = contactTransaction(everything);
  kernel.next();
  expect(() => kernel.next({ kind: 'confirm-application', confirmed: true })).toThrow(TypeError);
  expect(() => contactTransaction({ ...everything, unpredictableNumber: new Uint8Array(3) }).next()).toThrow(
    RangeError,
  );
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { concat } from '../../../../emv/bytes.js';
import { outcomeReasons, qpbocTransaction } from '../../../../emv/kernel/index.js';
import { encode } from '../../../../emv/tlv/index.js';
import { type Card, converse, type Played } from './card-script.js';
import { genuineSession } from './genuine-card.js';

const session = genuineSession('ses-tc-01');
const genuine = converse(qpbocTransaction(session.terminal()), session.card());

/** PPSE, five selections at most that a directory of 256 bytes has room for, options, 64 records. */
const COMMANDS_MAX = 1 + 32 + 1 + 64;
/** Every record in full, and what came before them. */
const BYTES_MAX = COMMANDS_MAX * 258;

/** Whatever a card says ends in an outcome, after few commands, with little kept. */
function endWith(card: Card): Played {
  const played = converse(qpbocTransaction(session.terminal()), card);
  const { outcome, commands } = played;
  expect(outcome.reason in outcomeReasons).toBe(true);
  expect(commands.length).toBeLessThanOrEqual(COMMANDS_MAX);
  const kept = outcome.records.reduce((sum, { bytes }) => sum + bytes.length, 0);
  expect(kept).toBeLessThanOrEqual(BYTES_MAX);
  if (outcome.outcome === 'approved-offline') {
    expect(outcome.offlineDataAuthentication?.ok).toBe(true);
    for (const tag of ['5A', '5F24', '82']) expect(outcome.data.get(tag)).toEqual(genuine.outcome.data.get(tag));
  }
  return played;
}

const place = fc.nat(session.commands.length - 1);

test('bits flipped anywhere in what a genuine card says', () => {
  fc.assert(
    fc.property(place, fc.nat(300), fc.integer({ min: 1, max: 255 }), (at, offset, mask) => {
      const card = session.card((response, current) => {
        if (current !== at) return response;
        const bent = response.slice();
        bent[offset % bent.length]! ^= mask;
        return bent;
      });
      endWith(card);
    }),
    { numRuns: 3000 },
  );
});

test('bytes cut out, put in or doubled anywhere in what a genuine card says', () => {
  fc.assert(
    fc.property(place, fc.nat(300), fc.nat(300), fc.uint8Array({ maxLength: 40 }), (at, one, other, added) => {
      const card = session.card((response, current) => {
        if (current !== at) return response;
        const [start, end] = [one % response.length, other % response.length].sort((a, b) => a - b) as [number, number];
        return concat(response.subarray(0, start), added, response.subarray(end));
      });
      endWith(card);
    }),
    { numRuns: 2000 },
  );
});

const leaf = fc.record({
  tag: fc.constantFrom(
    '4F',
    '50',
    '57',
    '5A',
    '5F24',
    '82',
    '84',
    '87',
    '8F',
    '90',
    '92',
    '94',
    '9F10',
    '9F26',
    '9F32',
    '9F36',
    '9F38',
    '9F46',
    '9F47',
    '9F4A',
    '9F4B',
    '9F69',
    '9F6C',
    'DF61',
  ),
  value: fc.uint8Array({ maxLength: 60 }),
});
const { object } = fc.letrec<{ object: { tag: string; value?: Uint8Array; children?: unknown[] } }>((tie) => ({
  object: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc.record({
      tag: fc.constantFrom('6F', 'A5', 'BF0C', '61', '70', '77'),
      children: fc.array(tie('object'), { maxLength: 5 }),
    }),
  ),
}));
const statusWord = fc.constantFrom(Uint8Array.of(0x90, 0x00), Uint8Array.of(0x69, 0x85), Uint8Array.of(0x62, 0x83));

test('well-formed objects in any place, whatever is in them', () => {
  fc.assert(
    fc.property(place, fc.array(object, { maxLength: 3 }), statusWord, (at, objects, status) => {
      const bytes = concat(encode(objects as Parameters<typeof encode>[0]), status);
      endWith(session.card((response, current) => (current === at ? bytes : response)));
    }),
    { numRuns: 2000 },
  );
});

test('any bytes, of any length', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 400 }), { minLength: 1, maxLength: 4 }), place, (answers, from) => {
      endWith(session.card((response, current) => answers[current - from] ?? response));
    }),
    { numRuns: 2000 },
  );
});

test.each([0, 1])('an answer of %i bytes is none', (length) => {
  for (let at = 0; at < session.commands.length; at++) {
    const { outcome } = endWith(
      session.card((response, current) => (current === at ? new Uint8Array(length) : response)),
    );
    expect(outcome).toMatchObject({ outcome: 'terminated', reason: 'answer-invalid' });
  }
});

test('an answer longer than a short command may ask for is not looked at', () => {
  const { outcome } = endWith(session.card((response) => concat(new Uint8Array(257), response)));
  expect(outcome).toMatchObject({ outcome: 'terminated', reason: 'answer-invalid' });
});

test('a directory full of applications that cannot be selected comes to its end', () => {
  const names = Array.from({ length: 27 }, (_, index) => Uint8Array.of(0xa0, 0x00, 0x00, 0x03, 0x33, index));
  const entries = names.slice(0, 22).map((name) => ({ tag: '61', children: [{ tag: '4F', value: name }] }));
  const directory = encode([{ tag: '6F', children: [{ tag: 'A5', children: [{ tag: 'BF0C', children: entries }] }] }]);
  const { outcome, commands } = endWith(({ name }) =>
    name === 'select-ppse' ? concat(directory, Uint8Array.of(0x90, 0x00)) : Uint8Array.of(0x6a, 0x82),
  );
  expect(outcome).toMatchObject({ reason: 'application-not-selectable', tryAnotherInterface: true });
  expect(commands).toHaveLength(23);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decode, fromHex, toHex } from '../../../emv/index.js';
import { authorize, confirmScripts, createIssuer, order, type ScriptOrder } from '../../../simulator/index.js';
import {
  type Algorithm,
  account,
  authenticate,
  cardKey,
  encipher,
  issuer,
  keySet,
  makeRequest,
  sessionKey,
} from './made-request.js';

const ATC = '0240';

/** The 86 commands of an answer's templates. */
const commandsOf = (scripts: readonly Uint8Array[]): string[] =>
  scripts.flatMap((script) =>
    decode(script)[0]!
      .children!.filter(({ tag }) => tag === '86')
      .map(({ value }) => toHex(value)),
  );

const answerTo = (algorithm: Algorithm, ...orders: ScriptOrder[]) => {
  const request = makeRequest({ algorithm, atc: ATC });
  const result = authorize(issuer, account({ orders }), request);
  return { ...result, arqc: toHex(request.data.get('9F26')!), commands: commandsOf(result.answer.scripts) };
};

/** MAC of JR/T 0025.5-2013 C.2.4 by another implementation. */
const macOf = (algorithm: Algorithm, arqc: string, command: string, data = ''): string => {
  const message = fromHex(command + ATC + arqc + data);
  return toHex(authenticate(algorithm, sessionKey(algorithm, 'messageAuthentication', ATC), message)).slice(0, 8);
};

test.each<[string, ScriptOrder, string, string]>([
  ['APPLICATION BLOCK', { kind: 'block-application' }, '841E000004', ''],
  ['APPLICATION UNBLOCK', { kind: 'unblock-application' }, '8418000004', ''],
  ['CARD BLOCK', { kind: 'block-card' }, '8416000004', ''],
  ['PIN UNBLOCK', { kind: 'unblock-pin' }, '8424000004', ''],
  ['PUT DATA', { kind: 'put-data', tag: '9F58', value: '05' }, '04DA9F5805', '05'],
  ['PUT DATA of a short tag', { kind: 'put-data', tag: '82', value: '7C00' }, '04DA008206', '7C00'],
  [
    'UPDATE RECORD',
    { kind: 'update-record', shortFileIdentifier: 2, recordNumber: 1, record: '70039F1401' },
    '04DC011409',
    '70039F1401',
  ],
  ['a load', { kind: 'load-purse', balanceFen: 50_000, amountFen: 1 }, '04DA9F790A', '000000050000'],
])('%s is told with its MAC, under either algorithm', (_, given, command, data) => {
  for (const algorithm of ['3des', 'sm4'] as const) {
    const { commands, arqc } = answerTo(algorithm, given);
    expect(commands).toEqual([command + data + macOf(algorithm, arqc, command, data)]);
  }
});

/** 08 ‖ (0N PIN F… xor 00000000 ‖ key bytes 5 to 8 [xor the present PIN]) ‖ 80 …, enciphered. */
function pinData(algorithm: Algorithm, mask: string, key = cardKey(algorithm, 'encipherment')): string {
  const keyPart = [0, 0, 0, 0, ...key.subarray(4, 8)];
  const block = fromHex('041234FFFFFFFFFF').map((byte, index) => byte ^ keyPart[index]! ^ fromHex(mask)[index]!);
  const message = fromHex(`08${toHex(block)}80000000000000`);
  return toHex(encipher(algorithm, sessionKey(algorithm, 'encipherment', ATC), message));
}

test.each(['3des', 'sm4'] as const)('a new PIN goes out enciphered, with the present PIN or without (%s)', (name) => {
  const without = answerTo(name, { kind: 'change-pin', newPin: '1234' });
  const data = pinData(name, '0000000000000000');
  expect(without.commands).toEqual([`8424000214${data}${macOf(name, without.arqc, '8424000214', data)}`]);
  const withPresent = answerTo(name, { kind: 'change-pin', newPin: '1234', currentPin: '567890' });
  const masked = pinData(name, '5678900000000000');
  expect(withPresent.commands).toEqual([`8424000114${masked}${macOf(name, withPresent.arqc, '8424000114', masked)}`]);
});

test('a card whose keys have odd parity gets a PIN made with those', () => {
  const odd = createIssuer({ keySets: [keySet('3des', { hasOddParity: true })] });
  const orders: ScriptOrder[] = [{ kind: 'change-pin', newPin: '1234' }];
  const { answer, reason } = authorize(odd, account({ orders }), makeRequest({ atc: ATC }));
  expect(reason).toBe('approved');
  const key = cardKey('3des', 'encipherment');
  const oddKey = key.map((byte) => (byte.toString(2).replaceAll('0', '').length % 2 === 1 ? byte : byte ^ 1));
  expect(oddKey.subarray(4, 8)).not.toEqual(key.subarray(4, 8));
  expect(commandsOf(answer.scripts)[0]).toContain(pinData('3des', '0000000000000000', oddKey));
});

test('the template is 72 with an identifier, within 128 bytes; what does not fit waits', () => {
  const orders = Array.from({ length: 9 }, (): ScriptOrder => ({ kind: 'change-pin', newPin: '1234' }));
  const { answer, account: after } = answerTo('3des', ...orders);
  const [template] = answer.scripts;
  expect(template!.length).toBeLessThanOrEqual(128);
  expect(toHex(template!)).toMatch(/^72..9F180400000240/);
  expect(after!.sent).toEqual([{ identifier: '00000240', orders: orders.slice(0, 4) }]);
  expect(after!.orders).toHaveLength(5);
});

test.each<[string, ScriptOrder]>([
  ['order invalid (9F7900)', { kind: 'put-data', tag: '9F7900', value: '00' }],
  [
    'order invalid (record 1 of file 31)',
    { kind: 'update-record', shortFileIdentifier: 31, recordNumber: 1, record: '' },
  ],
  [
    'order invalid (record 0 of file 1)',
    { kind: 'update-record', shortFileIdentifier: 1, recordNumber: 0, record: '' },
  ],
  ['script too long (put-data)', { kind: 'put-data', tag: '9F4F', value: '00'.repeat(120) }],
  ['pin not digits (newPin)', { kind: 'change-pin', newPin: '12' }],
])('%s is told', (message, given) => {
  expect(() => answerTo('3des', given)).toThrow(message);
});

test('a lost or stolen card is told to block itself, once', () => {
  const lost = authorize(issuer, account({ status: 'lost' }), makeRequest({ atc: ATC }));
  expect(commandsOf(lost.answer.scripts)[0]).toMatch(/^841E/);
  const waiting = account({ status: 'stolen', orders: [{ kind: 'block-card' }] });
  expect(commandsOf(authorize(issuer, waiting, makeRequest({ atc: ATC })).answer.scripts)).toHaveLength(1);
});

test('a load takes the money, and sets the sum of the balance that the card told and the amount', () => {
  const before = account({ orders: [{ kind: 'unblock-pin' }] });
  const request = makeRequest({ atc: ATC, balance: '0000003000', request: { kind: 'load' } });
  const { answer, account: after } = authorize(issuer, before, request);
  expect(commandsOf(answer.scripts)[0]).toMatch(/^04DA9F790A000000013000/);
  expect(after).toMatchObject({ availableFen: 90_000, orders: [] });
});

const loaded = () => {
  const before = order(account(), { kind: 'unblock-pin' }, { kind: 'put-data', tag: '9F58', value: '05' });
  return authorize(issuer, before, makeRequest({ atc: ATC, request: { kind: 'load' } })).account!;
};

test.each<[string, string, number, string[]]>([
  ['a script that was carried out', '2000000240', 90_000, []],
  ['one that was not begun', '0000000240', 100_000, ['unblock-pin', 'put-data']],
  ['one that failed at its third command', '1300000240', 90_000, ['put-data']],
])('%s settles load and orders', (_, result, availableFen, kinds) => {
  const after = confirmScripts(loaded(), [fromHex(result)]);
  expect(after.availableFen).toBe(availableFen);
  expect(after.orders.map(({ kind }) => kind)).toEqual(kinds);
  expect(after.sent).toEqual([]);
});

test.each([
  ['at an unknown command', '1000000240'],
  ['at the load', '1100000240'],
  ['in a way that is not known', '3100000240'],
])('a load that failed %s waits for the word of the card, which may have left with its answer', (_, result) => {
  const before = loaded();
  expect(confirmScripts(before, [fromHex(result)])).toEqual(before);
});

test('a result that nobody waits for, or that is none, changes nothing; and none is settled twice', () => {
  const before = loaded();
  expect(confirmScripts(before, [fromHex('0000000241'), fromHex('00')])).toEqual(before);
  const failed = fromHex('0000000240');
  expect(confirmScripts(before, [failed, failed]).availableFen).toBe(100_000);
});

test('money is neither made nor lost, whatever the card answers', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 1, max: 100_000 }), (outcome, amountFen) => {
      const terminal = { '9F02': amountFen.toString().padStart(12, '0') };
      const request = makeRequest({ atc: ATC, terminal, request: { kind: 'load' } });
      const { account: sent } = authorize(issuer, account(), request);
      const after = confirmScripts(sent!, [Uint8Array.of(outcome, 0, 0, 0x02, 0x40)]);
      const isDone = outcome >> 4 === 2 || (outcome >> 4 === 1 && (outcome & 15) > 1);
      const isOpen = !isDone && outcome >> 4 > 0;
      expect(after.availableFen + (isDone || isOpen ? amountFen : 0)).toBe(100_000);
      expect(after.sent).toHaveLength(isOpen ? 1 : 0);
    }),
  );
});

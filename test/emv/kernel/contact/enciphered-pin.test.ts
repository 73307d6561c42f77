import { constants, type KeyObject, privateDecrypt } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { fromHex, toHex } from '../../../../emv/bytes.js';
import { openOfflinePin, plaintextOfflinePin } from '../../../../emv/cryptogram/index.js';
import { type Faults, type MintOptions, mintCard, mintPinKey, pairs } from '../../authentication/mint-card.js';
import { type CardLines, marks, type Ports, play, terminal } from './contact-card.js';
import { mintedCard } from './minted-card.js';

const PIN = '1234';
const TRIES = 3;
const PADDING = Uint8Array.from({ length: 300 }, (_, index) => index);
const RULES = '000000000000000044031F00';

interface Minted {
  readonly pinKey?: Readonly<Record<string, string | undefined>>;
  readonly icc?: MintOptions;
}

/** A card that deciphers what VERIFY brings with its own private key, and holds it to its PIN and its last challenge. */
class DecipheringCard {
  readonly opened: string[] = [];
  #challenges = 0;
  #triesLeft = TRIES;

  constructor(
    private readonly key: KeyObject,
    private readonly minted: Minted = {},
  ) {}

  get lines(): CardLines {
    return {
      ...mintedCard('3C00', this.minted.icc, { '8E': RULES, ...this.minted.pinKey }),
      objects: { '9F17': '03' },
      challenge: () => this.#challenge(),
      verify: [(block) => this.#verify(block)],
    };
  }

  #challenge(): string {
    this.#challenges++;
    return this.#number();
  }

  #number = () => toHex(Uint8Array.of(0xc0, 1, 2, 3, 4, 5, 6, this.#challenges));

  #verify(data: Uint8Array): string {
    const clear = Uint8Array.from(privateDecrypt({ key: this.key, padding: constants.RSA_NO_PADDING }, data));
    const { block, unpredictableNumber } = openOfflinePin(clear)!;
    this.opened.push(`${toHex(block)} ${toHex(unpredictableNumber)}`);
    expect(toHex(unpredictableNumber), 'the challenge of this VERIFY').toBe(this.#number());
    expect(toHex(clear.subarray(17)), 'the padding of the terminal').toBe(
      toHex(PADDING.subarray(0, clear.length - 17)),
    );
    if (toHex(block) === toHex(plaintextOfflinePin(PIN))) return '';
    this.#triesLeft--;
    return ` 63C${this.#triesLeft}`;
  }
}

const entering = (...pins: readonly string[]): Ports => ({
  'enter-pin': (_, turn) => ({ result: 'entered', pin: pins[turn] ?? pins.at(-1)! }),
});
const { caKeys } = mintCard();
const TERMINAL = terminal({ '9F33': 'E0F840' }, { caKeys, encipheredPin: true, pinPadding: PADDING });
const run = (lines: CardLines, ...pins: string[]) => {
  const played = play(lines, entering(...pins), TERMINAL);
  const named = (header: string) => played.commands.filter((command) => command.startsWith(header));
  return {
    played,
    verifies: named('002000'),
    challenges: named('008400'),
    byte3: marks(played).tvr.slice(4, 6),
    ...marks(played),
  };
};

const keys: readonly [string, KeyObject, () => Minted][] = [
  ['its key for PINs (9F2D, 9F2E, 9F2F)', pairs.pin.privateKey, () => ({ pinKey: mintPinKey() })],
  [
    'its key for PINs, with no certificate of its own key',
    pairs.pin.privateKey,
    () => ({ pinKey: mintPinKey(), icc: { data: { '9F46': undefined, '9F47': undefined, '9F48': undefined } } }),
  ],
  ['its own key (9F46)', pairs.icc.privateKey, () => ({})],
];

describe.each(keys)('a card deciphers the PIN with %s (EMV 4.3 Book 2 §7)', (_, key, minted) => {
  test('right', () => {
    const card = new DecipheringCard(key, minted());
    const { verifies, challenges, byte3, cvm } = run(card.lines, PIN);
    expect(card.opened).toEqual(['241234FFFFFFFFFF C001020304050601']);
    expect(verifies).toHaveLength(1);
    expect(verifies[0]!.slice(0, 10)).toBe('0020008870');
    expect(challenges).toEqual(['0084000000']);
    expect({ byte3, cvm }).toEqual({ byte3: '00', cvm: '440302' });
  });

  test('wrong, then right: each VERIFY has a challenge of its own', () => {
    const card = new DecipheringCard(key, minted());
    const { challenges, byte3, cvm } = run(card.lines, '9999', PIN);
    expect(card.opened).toEqual(['249999FFFFFFFFFF C001020304050601', '241234FFFFFFFFFF C001020304050602']);
    expect(challenges).toHaveLength(2);
    expect({ byte3, cvm }).toEqual({ byte3: '00', cvm: '440302' });
  });

  test('wrong until no try is left: exceeded, and the next rule', () => {
    const card = new DecipheringCard(key, minted());
    const { verifies, byte3, cvm } = run(card.lines, '9999');
    expect(verifies).toHaveLength(TRIES);
    expect({ byte3, cvm }).toEqual({ byte3: '20', cvm: '1F0002' });
  });
});

describe('no PIN is sent, and the rule has failed', () => {
  const refused = (lines: CardLines) => {
    const { verifies, byte3, cvm, played } = run(lines, PIN);
    expect(verifies).toEqual([]);
    expect({ byte3, cvm }).toEqual({ byte3: '00', cvm: '1F0002' });
    expect(
      played.commands.some((command) => command.includes('241234FFFFFFFFFF')),
      'in clear neither',
    ).toBe(false);
    expect(played.outcome.outcome).toBe('approved-offline');
  };

  test.each([' 6D00', ' 6985', '', '11223344', '112233445566778899'])('a challenge that is none: %j', (challenge) => {
    refused({ ...new DecipheringCard(pairs.pin.privateKey, { pinKey: mintPinKey() }).lines, challenge });
  });

  test.each<[string, Faults]>([
    ['the hash', { hash: true }],
    ['the format', { format: 0x02 }],
    ['the trailer', { trailer: 0xbd }],
    ['the card number', { put: [1, '6228000199'] }],
    ['the date', { put: [11, '1214'] }],
  ])('the certificate of the key for PINs is wrong: %s; its own key does not stand in', (_, faults) => {
    refused(new DecipheringCard(pairs.pin.privateKey, { pinKey: mintPinKey(faults) }).lines);
  });

  test.each(['9F2E', '9F2F'])('%s is missing', (tag) => {
    const pinKey = { ...mintPinKey(), [tag]: undefined };
    refused(new DecipheringCard(pairs.pin.privateKey, { pinKey }).lines);
  });

  test('the issuer certificate is wrong', () => {
    const minted = { pinKey: mintPinKey(), icc: { issuer: { hash: true } } };
    refused(new DecipheringCard(pairs.pin.privateKey, minted).lines);
  });
});

test('the padding is the terminal’s to give: too short is an error of whoever drives the kernel, without the PIN', () => {
  const card = new DecipheringCard(pairs.pin.privateKey, { pinKey: mintPinKey() });
  const short = terminal({ '9F33': 'E0F840' }, { caKeys, encipheredPin: true, pinPadding: fromHex('00') });
  expect(() => play(card.lines, entering(PIN), short)).toThrow(/^(?!.*1234).*padding/);
});

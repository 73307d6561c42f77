import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cappMac, concat, decode, flatten, fromHex, scriptMac, toHex } from '../../../emv/index.js';
import { type CardFile, openCard, tradeManagementKey } from '../../../simulator/index.js';
import { BUS, issueChanged, pki, random, recordsOf, start } from '../card-in-hand.js';
import { ContactInHand } from '../contact-in-hand.js';

type State = CardFile['state'][number];

const LIMIT = 9_000;
const OFFSET_LIMIT = 2_000;
const BALANCE = 5_000;
const METRO = 0x15;
const RECORD = `3150330101${'00'.repeat(49)}`;
const NOT_ITS_MAC = 0xff;

/** A card in both interfaces with purse, electronic cash, load log and the small-payment extension. */
const file = issueChanged(
  'small-payment',
  {
    pin: '123456',
    electronicCash: { balanceFen: BALANCE, limitFen: LIMIT, singleTransactionLimitFen: 99_999 },
    offlineAuthentication: ['static'],
    smallPayment: {
      preAuthorization: true,
      responseMac: false,
      offsetLimitFen: OFFSET_LIMIT,
      files: [
        {
          shortFileIdentifier: METRO,
          length: 1024,
          recordsMax: 10,
          records: [
            RECORD,
            RECORD.replace('3150', '3151'),
            RECORD.replace('3150', '3152'),
            RECORD.replace('3150', '3153'),
          ],
        },
      ],
    },
  },
  { card: { interface: 'dual', keyBits: 1024 } },
);

const amount = fc.oneof(fc.integer({ min: 0, max: 3_000 }), fc.integer({ min: 0, max: 12_000 }));
const amountOf = (fen: number) => fen.toString().padStart(12, '0');

/** What a terminal, a holder or an issuer may do with the card. */
const anyAction = fc.oneof(
  fc.record({
    kind: fc.constant('tap' as const),
    fen: amount,
    qualifiers: fc.constantFrom('28000080', '20000000', '20800000'),
    currency: fc.constantFrom('0156', '0156', '0840'),
    reads: fc.constantFrom('all', 'all', 'all', 'all but the last', 'last only', 'none'),
  }),
  fc.record({
    kind: fc.constant('ride' as const),
    fen: amount,
    indicator: fc.constantFrom(1, 1, 2, 3),
    record: fc.constantFrom('3150', '3151', '3152', '3153'),
    update: fc.constantFrom('right', 'right', 'right', 'forged', 'none'),
    reads: fc.constantFrom('all', 'all', 'all', 'all but the last'),
  }),
  fc.record({
    kind: fc.constant('cash' as const),
    fen: amount,
    request: fc.constantFrom('TC' as const, 'TC' as const, 'ARQC' as const, 'AAC' as const),
    other: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('load' as const),
    fen: amount,
    isForged: fc.integer({ min: 0, max: 5 }).map((n) => n === 0),
  }),
);
type Action = typeof anyAction extends fc.Arbitrary<infer Value> ? Value : never;
type ActionOf<Kind extends Action['kind']> = Extract<Action, { kind: Kind }>;

/** What the card has said to have taken from the purse, and what it was given: the balance it was set to. */
interface Said {
  readonly paid: number;
  readonly loaded?: number;
}

const frozen = ({ preAuthorizations }: State) => preAuthorizations.reduce((sum, one) => sum + one.amount, 0);
/** All that is the holder's: what is free, what is frozen, less what was taken beyond the balance. */
const wealth = (state: State) => state.balance + frozen(state) - state.offsetUsed;

class Holder {
  state: State = file.state[0]!;
  readonly #contact: ContactInHand;

  constructor() {
    this.#contact = new ContactInHand(file);
    const card = openCard(file, { random, save: ([state]) => (this.state = state!) });
    Object.assign(this.#contact, { card });
  }

  act(action: Action): Said {
    if (action.kind === 'tap') return this.#tap(action);
    if (action.kind === 'ride') return this.#ride(action);
    return action.kind === 'cash' ? this.#payCash(action) : this.#load(action);
  }

  get #card() {
    return this.#contact.card;
  }

  #statusOf = (hex: string) => toHex(this.#card.transmit(fromHex(hex)).slice(-2));

  /** Whether the last record was answered. */
  #read(locator: Uint8Array, reads: string): boolean {
    const records = recordsOf(locator);
    const wanted =
      { 'all but the last': records.slice(0, -1), 'last only': records.slice(-1), none: [] }[reads] ?? records;
    const answers = wanted.map(({ shortFileIdentifier, recordNumber }) =>
      this.#statusOf(toHex(Uint8Array.of(0x00, 0xb2, recordNumber, (shortFileIdentifier << 3) | 4, 0x00))),
    );
    return wanted.at(-1) === records.at(-1) && answers.at(-1) === '9000';
  }

  #tap({ fen, qualifiers, currency, reads }: ActionOf<'tap'>): Said {
    this.#card.powerOn('contactless');
    const { data } = start(this.#card, {
      ...BUS,
      '9F66': qualifiers,
      '9F02': amountOf(fen),
      '5F2A': currency,
      DF60: '00',
    });
    const isApproved = data.has('94');
    const isDone = isApproved && this.#read(data.get('94')!, reads);
    return { paid: isDone && currency === '0156' ? fen : 0 };
  }

  #ride({ fen, indicator, record, update, reads }: ActionOf<'ride'>): Said {
    this.#card.powerOn('contactless');
    this.#statusOf('00A4040008A00000033301010100');
    this.#statusOf(`80B400A802${record}00`);
    const options = `28000080${amountOf(fen)}${'00'.repeat(6)}0156${'00'.repeat(5)}015616010400010203040${indicator}`;
    const answer = this.#card.transmit(fromHex(`80A80000248322${options}00`));
    const isApproved = answer.length > 2 && flatten(decode(answer.subarray(0, -2))).has('94');
    if (!isApproved) return { paid: 0 };
    const open = this.state.preAuthorizations.find(({ identifier }) => identifier === record);
    if (update !== 'none') this.#update(record, update === 'forged');
    const locator = fromHex(file.applications[0]!.data['94']!);
    if (!this.#read(locator, reads)) return { paid: 0 };
    if (indicator === 2) return { paid: 0 };
    expect(indicator === 1 || open !== undefined).toBe(true);
    return { paid: fen };
  }

  #update(record: string, isForged: boolean): void {
    const data = fromHex(RECORD.replace('3150', record));
    const counter = this.state.applicationTransactionCounter;
    const atc = Uint8Array.of(counter >> 8, counter & 0xff);
    const key = tradeManagementKey(pki, METRO, record);
    const mac = cappMac({ algorithm: '3des', key, atc, header: fromHex('84DE00A8'), data });
    if (isForged) mac[0]! ^= NOT_ITS_MAC;
    const body = concat(data, mac);
    this.#statusOf(`84DE00A8${toHex(Uint8Array.of(body.length))}${toHex(body)}00`);
  }

  #payCash({ fen, request, other }: ActionOf<'cash'>): Said {
    this.#contact.start({ '9F7A': '01', '9F02': amountOf(fen) });
    const isCash = toHex(this.#contact.data.get('82')!) === '5800';
    const { type } = this.#contact.generate(1, request, { '9F02': amountOf(other ? fen + 1 : fen) });
    return { paid: isCash && type === 'TC' ? fen : 0 };
  }

  #load({ fen, isForged }: ActionOf<'load'>): Said {
    this.#contact.start();
    this.#contact.verify('123456');
    const { cryptogram } = this.#contact.generate(1, 'ARQC');
    this.#contact.authenticateIssuer(cryptogram, '00');
    this.#contact.generate(2, 'TC', { '8A': '3030' });
    const header = fromHex('04DA9F79');
    const data = fromHex(amountOf(fen));
    const { counter: atc } = this.#contact;
    const key = this.#contact.sessionKey('messageAuthentication');
    const mac = scriptMac({ algorithm: '3des', key, header, atc, applicationCryptogram: cryptogram, data });
    if (isForged) mac[0]! ^= NOT_ITS_MAC;
    const answer = this.#statusOf(`04DA9F790A${toHex(data)}${toHex(mac)}`);
    return { paid: 0, ...(answer === '9000' ? { loaded: fen } : {}) };
  }
}

test('whatever is done with a card, its money is what it has said of it', () => {
  const counts = { paid: 0, loaded: 0, frozen: 0, offset: 0 };
  fc.assert(
    fc.property(fc.array(anyAction, { minLength: 1, maxLength: 12 }), (actions) => {
      const holder = new Holder();
      for (const action of actions) {
        const before = holder.state;
        const { paid, loaded } = holder.act(action);
        const after = holder.state;
        // An empty purse is added to, any other one set (JR/T 0025.14-2013 5.2.7).
        const gained = loaded === undefined ? 0 : before.balance === 0 ? loaded : loaded - before.balance;
        expect(wealth(after) - wealth(before)).toBe(gained - paid);
        expect(after.balance).toBeGreaterThanOrEqual(0);
        expect(after.balance + frozen(after)).toBeLessThanOrEqual(LIMIT);
        expect(after.offsetUsed).toBeLessThan(OFFSET_LIMIT);
        expect(after.preAuthorizations.length).toBeLessThanOrEqual(3);
        if (paid > 0) expect(Number(after.log[0]!.slice(12, 24))).toBe(paid);
        counts.paid += paid > 0 ? 1 : 0;
        counts.loaded += loaded === undefined ? 0 : 1;
        counts.frozen += frozen(after) > 0 ? 1 : 0;
        counts.offset += after.offsetUsed > 0 ? 1 : 0;
      }
    }),
    { numRuns: 150 },
  );
  // The property is about something only if all of it was met.
  expect(Object.entries(counts).filter(([, count]) => count === 0)).toEqual([]);
});

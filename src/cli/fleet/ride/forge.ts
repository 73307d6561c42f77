import { encodeNumeric, toHex } from '../../../../emv/bytes.js';
import type { TapRecord } from '../../../tap/index.js';
import type { ExpectedAnswer } from './item.js';

export interface Forgery {
  readonly record: TapRecord;
  readonly expected: ExpectedAnswer;
}

/** What a forger has: a genuine record, an earlier one of the same card where there is one, and a later instant. */
export interface Loot {
  readonly genuine: TapRecord;
  readonly earlier: TapRecord | undefined;
  readonly at: string;
}

export type ForgeryKind = 'replayed' | 'altered-amount' | 'borrowed-signature';

const SIGNATURE = '9F4B';
const AMOUNT = '9F02';

/** One maker for each kind of forgery, and what must be found out about it. */
export const forgers: Readonly<Record<ForgeryKind, (loot: Loot) => Forgery>> = {
  /** The same evidence under a new number. */
  replayed: ({ genuine, at }) => ({ record: { ...genuine, at }, expected: 'refused:transaction-repeated' }),
  /** Half the price, everywhere where it stands; of nothing a yuan. */
  'altered-amount': ({ genuine, at }) => {
    const amountFen = genuine.amountFen === 0 ? 100 : Math.floor(genuine.amountFen / 2);
    const data = { ...genuine.evidence.data, [AMOUNT]: toHex(encodeNumeric(amountFen, 6)) };
    return {
      record: { ...genuine, at, amountFen, evidence: { ...genuine.evidence, data } },
      expected: 'refused:signed-dynamic-data-hash',
    };
  },
  /** A signature that the card made for another tap. */
  'borrowed-signature': (loot) => {
    const { genuine, earlier, at } = loot;
    const [own, borrowed] = [genuine, earlier].map((record) => record?.evidence.data[SIGNATURE]);
    if (own === undefined || borrowed === undefined) return forgers['altered-amount'](loot);
    const evidence = JSON.parse(JSON.stringify(genuine.evidence).replaceAll(own, borrowed)) as TapRecord['evidence'];
    return { record: { ...genuine, at, evidence }, expected: 'refused:signed-dynamic-data-hash' };
  },
};

export const forgeryKinds = Object.keys(forgers) as ForgeryKind[];

/** The same tap as somebody else tells it, who was not there: at another place. */
export const withOtherContent = (record: TapRecord): TapRecord => ({
  ...record,
  place: { ...record.place, zone: `${record.place.zone ?? ''}?` },
});

import { fromHex, toHex } from '../../../../../emv/index.js';
import { bitTables } from '../../../../../emv/values/index.js';
import {
  type CardFile,
  type CardProfile,
  createTestPki,
  issueCard,
  loadProfile,
} from '../../../../../simulator/index.js';
import { VectorError } from '../../vector-error.js';
import images from './images.json' with { type: 'json' };
import names from './names.json' with { type: 'json' };
import sensibleValues from './sensible-values.json' with { type: 'json' };
import suiteCard from './suite-card.yaml';

type Application = CardProfile['applications'][number];

interface Image {
  readonly image: string;
  readonly data?: Readonly<Record<string, string>>;
  readonly set?: Readonly<Record<string, readonly string[]>>;
  readonly clear?: Readonly<Record<string, readonly string[]>>;
  readonly amountFrom?: string;
}

export interface PersonalizedCard {
  readonly file: CardFile;
  readonly pki: ReturnType<typeof createTestPki>;
  readonly issuer: CardProfile['issuer'];
  /** 9F02 where the vector gives none. */
  readonly amount?: string;
}

const HEX = /^([0-9A-Fa-f]{2})+$/;
const TAG = /^(?:[0-9A-F]{2}){1,2}$/;
const PURSE_FIELDS = {
  '9F79': 'balanceFen',
  '9F77': 'limitFen',
  '9F78': 'singleTransactionLimitFen',
  '9F6D': 'resetThresholdFen',
  '9F6B': 'verificationLimitFen',
} as const;
/** Of the three ways to spend offline, 9F68 has one (JR/T 0025.12-2013 7.7.5). */
const SPENDING_BITS = 0xe0;
const RECORD_LENGTH_MAX = 255;
const FILE_LENGTH_MAX = 0xffff;
const CHAIN = { certificationAuthorityBits: 1408, issuerBits: 1408 };

/**
 * Personalizes the card of a vector over the suite's image: what the configuration says, and sensible values elsewhere.
 * Throws a `RangeError` for an entry that says nothing known.
 */
export function personalize(image: string, config: Readonly<Record<string, unknown>>): PersonalizedCard {
  const configuration = new Configuration(loadProfile(suiteCard));
  const known = (images as readonly Image[]).filter((row) => new RegExp(row.image).test(image));
  for (const { data } of known)
    for (const [tag, value] of Object.entries(data ?? {})) configuration.setData(tag, value);
  for (const [key, value] of Object.entries(config)) configuration.apply(key, value);
  for (const { set, clear } of known) {
    for (const [tag, bits] of Object.entries(set ?? {})) for (const bit of bits) configuration.setBit(tag, bit, true);
    for (const [tag, bits] of Object.entries(clear ?? {}))
      for (const bit of bits) configuration.setBit(tag, bit, false);
  }
  const pki = createTestPki('card-vectors', CHAIN);
  const file = issued(configuration.profile(), pki);
  const amountFrom = known.find((row) => row.amountFrom !== undefined)?.amountFrom;
  const amount = amountFrom === undefined ? undefined : file.applications[0]!.data[amountFrom];
  return { file: configuration.withState(file), pki, issuer: 'bank-of-china', ...(amount !== undefined && { amount }) };
}

/** Making certificates takes the time of a vector: the same card is issued once. */
const cards = new Map<string, CardFile>();

function issued(profile: CardProfile, pki: PersonalizedCard['pki']): CardFile {
  const name = JSON.stringify(profile);
  const card = cards.get(name) ?? issueCard(profile, pki);
  cards.set(name, card);
  return card;
}

/** A profile that takes one configuration entry after the other. */
class Configuration {
  readonly #profile: CardProfile;
  readonly #common: Record<string, string>;
  readonly #contact: Record<string, string> = {};
  readonly #contactless: Record<string, string> = {};
  readonly #electronicCash: Record<string, string> = {};
  #application: Application;
  #keyBits: number;
  #offsetUsed = 0;
  readonly #files: NonNullable<Application['smallPayment']>['files'] = [];
  #offsetLimitFen: number | undefined;

  constructor(profile: CardProfile) {
    this.#profile = profile;
    this.#application = profile.applications[0]!;
    this.#common = { ...this.#application.dataObjects.common };
    this.#keyBits = profile.keyBits;
  }

  apply(key: string, value: unknown): void {
    const field = this.#fields[key];
    if (field !== undefined) field(value);
    else if (/^SFI /.test(key)) this.#addFiles(key, String(value));
    else this.#applyObject(key, value);
  }

  #applyObject(key: string, value: unknown): void {
    const [, tag, where] = /^([0-9A-F]{2,4})(?:\((DC|EC)\))?$/.exec(key) ?? [];
    if (tag === undefined || !TAG.test(tag)) throw new VectorError(`cardConfig.${key}`, 'not known');
    if (typeof value === 'object' && value !== null) {
      this.#setBits(tag, value as Record<string, unknown>);
      return;
    }
    const hex = this.#hexOf(tag, String(value));
    if (hex === undefined) return;
    if (where === 'DC') this.#contact[tag] = hex;
    else if (where === 'EC') this.#electronicCash[tag] = hex;
    else this.setData(tag, hex);
  }

  /** Entries that are no data object, or one that the card counts with. */
  readonly #fields: Readonly<Record<string, (value: unknown) => void>> = {
    PIN: (value) => this.#change({ pin: String(value) }),
    iccKeyBits: (value) => {
      this.#keyBits = Number(value);
    },
    '9F17': (value) => {
      const hex = this.#hexOf('9F17', String(value));
      if (hex !== undefined) this.#change({ pinTries: Number.parseInt(hex, 16) });
    },
    '9F13': (value) => this.#change({ lastOnlineApplicationTransactionCounter: Number.parseInt(String(value), 16) }),
    '5F34': (value) => this.#change({ panSequenceNumber: String(value) }),
    DF62: (value) => {
      this.#offsetLimitFen = Number(value);
    },
    DF63: (value) => {
      this.#offsetUsed = Number(value);
    },
    /** "AOSA<1100": what may be spent offline stays below an amount. */
    limit: (value) => {
      const [, below] = /^AOSA<(\d+)$/.exec(String(value)) ?? [];
      if (below === undefined) throw new VectorError('cardConfig.limit', `${String(value)} not known`);
      this.#change({ cumulativeLimitFen: Number(below) - 1, cumulativeUpperLimitFen: Number(below) - 1 });
    },
  };

  #change(changed: Partial<Application>): void {
    this.#application = { ...this.#application, ...changed };
  }

  setData(tag: string, hex: string): void {
    const purse = PURSE_FIELDS[tag as keyof typeof PURSE_FIELDS];
    if (purse !== undefined) {
      this.#change({ electronicCash: { ...this.#application.electronicCash!, [purse]: Number(hex) } });
    } else if (tag === '9F54') this.#change({ cumulativeLimitFen: Number(hex) });
    else if (tag === '9F5C') this.#change({ cumulativeUpperLimitFen: Number(hex) });
    else if (tag === '9F38') (hex.includes('9F66') ? this.#contactless : this.#contact)['9F38'] = hex;
    else this.#common[tag] = hex;
  }

  /** The value in hex, or `undefined` where the image's own stands for "personalized", "enough", a range … */
  #hexOf(tag: string, text: string): string | undefined {
    if (HEX.test(text)) return text.toUpperCase();
    const own = this.#ownValue(tag);
    const bounds = [...text.matchAll(/(>=|<=|<|>)\s*(\d+)/g)];
    if (bounds.length > 0) return amountWithin(bounds, own);
    if (tag === '9F56' && /optional/.test(text)) return '00';
    const [, example] = /\b(\d{4})\b/.exec(text) ?? [];
    if (tag === 'DF71' && example !== undefined) return example;
    if (own !== undefined) return undefined;
    const sensible = (sensibleValues as Readonly<Record<string, string>>)[tag];
    if (sensible === undefined) throw new VectorError(`cardConfig.${tag}`, `${text}: no value known for it`);
    return sensible;
  }

  #ownValue(tag: string): string | undefined {
    const { electronicCash, cumulativeLimitFen, cumulativeUpperLimitFen, foreignCurrencyLimit } = this.#application;
    const purse = PURSE_FIELDS[tag as keyof typeof PURSE_FIELDS];
    if (purse !== undefined) return String(electronicCash![purse] ?? 0).padStart(12, '0');
    const fields: Readonly<Record<string, unknown>> = {
      '9F54': cumulativeLimitFen,
      '9F5C': cumulativeUpperLimitFen,
      '9F53': foreignCurrencyLimit,
      '9F17': this.#application.pinTries,
      '9F6C': '0000',
      '9F5D': '000000000001',
      '9F51': this.#application.currency,
      '9F57': '0156',
    };
    return this.#common[tag] ?? (fields[tag] === undefined ? undefined : String(fields[tag]));
  }

  #setBits(tag: string, bits: Readonly<Record<string, unknown>>): void {
    const spending = Object.entries(bits).some(([bit, value]) => value === 1 && this.#isSpending(tag, bit));
    if (spending)
      this.#common[tag] = toHex(
        fromHex(this.#common[tag]!).map((byte, index) => (index === 0 ? byte & ~SPENDING_BITS : byte)),
      );
    for (const [bit, value] of Object.entries(bits)) this.setBit(tag, bit, value === 1);
  }

  #isSpending(tag: string, bit: string): boolean {
    const { byte, mask } = bitOf(tag, bit);
    return tag === '9F68' && byte === 1 && (mask & SPENDING_BITS) !== 0;
  }

  /** `b1.8` (byte and bit) or a name of the tag's table. */
  setBit(tag: string, bit: string, isSet: boolean): void {
    const { byte, mask } = bitOf(tag, bit);
    const value = fromHex(this.#common[tag] ?? '00000000');
    value[byte - 1] = isSet ? value[byte - 1]! | mask : value[byte - 1]! & ~mask;
    this.#common[tag] = toHex(value);
  }

  /** "SFI 0x15-0x1D": "variable length CAPP files, 1024 bytes"; "SFI 0x1E": "cyclic, 128-byte records, 10". */
  #addFiles(key: string, text: string): void {
    const range = [...key.matchAll(/0x([0-9A-F]{2})/g)].map(([, hex]) => Number.parseInt(hex!, 16));
    const [first, last = first] = range;
    const [, size] = /variable.* (\d+) bytes/.exec(text) ?? [];
    const [, length, most] = /cyclic, (\d+)-byte records, (\d+)/.exec(text) ?? [];
    if (first === undefined || (size === undefined && length === undefined)) {
      throw new VectorError(`cardConfig.${key}`, `${text} not known`);
    }
    if (Number(length ?? 0) > RECORD_LENGTH_MAX || Number(size ?? 0) > FILE_LENGTH_MAX) {
      throw new VectorError(`cardConfig.${key}`, `${text}: longer than a file can be`);
    }
    for (let shortFileIdentifier = first; shortFileIdentifier <= last!; shortFileIdentifier++) {
      const file = { shortFileIdentifier, length: Number(size ?? length), recordsMax: Number(most ?? 10) };
      const record = size === undefined ? '00'.repeat(Number(length)) : `00017D0100${'00'.repeat(123)}`;
      this.#files.push({ ...file, records: [record, ...(size === undefined ? [record] : [])] });
    }
  }

  profile(): CardProfile {
    const cash = this.#application.electronicCash!;
    const application: Application = {
      ...this.#application,
      electronicCash: { ...cash, limitFen: Math.max(cash.limitFen, cash.balanceFen) },
      ...(this.#files.length === 0
        ? {}
        : {
            smallPayment: {
              preAuthorization: true,
              responseMac: false,
              offsetLimitFen: this.#offsetLimitFen ?? 0,
              files: this.#files,
            },
          }),
      dataObjects: {
        common: this.#common,
        contact: this.#contact,
        contactless: this.#contactless,
        electronicCash: this.#electronicCash,
      },
    };
    return { ...this.#profile, keyBits: this.#keyBits, applications: [application] };
  }

  withState(file: CardFile): CardFile {
    return { ...file, state: file.state.map((state) => ({ ...state, offsetUsed: this.#offsetUsed })) };
  }
}

function amountWithin(bounds: readonly RegExpMatchArray[], own: string | undefined): string | undefined {
  const least = Math.max(
    0,
    ...bounds.map(([, sign, limit]) => (sign === '>=' ? Number(limit) : sign === '>' ? Number(limit) + 1 : 0)),
  );
  const most = Math.min(
    Number.MAX_SAFE_INTEGER,
    ...bounds.map(([, sign, limit]) =>
      sign === '<' ? Number(limit) - 1 : sign === '<=' ? Number(limit) : Number.MAX_SAFE_INTEGER,
    ),
  );
  const value = Number(own ?? least);
  return value >= least && value <= most ? undefined : String(Math.min(Math.max(value, least), most)).padStart(12, '0');
}

function bitOf(tag: string, bit: string): { readonly byte: number; readonly mask: number } {
  const [, byte, number] = /^b(\d)\.(\d)$/.exec(bit) ?? [];
  if (byte !== undefined) return { byte: Number(byte), mask: 1 << (Number(number) - 1) };
  const aliases = (names as Readonly<Record<string, Readonly<Record<string, string>>>>)[tag] ?? {};
  const row = bitTables
    .filter(({ tags }) => tags.includes(tag))
    .flatMap(({ rows }) => rows)
    .find(({ name }) => name !== undefined && name === (aliases[bit] ?? bit));
  if (row === undefined) throw new VectorError(`cardConfig.${tag}`, `no bit ${bit}`);
  return { byte: row.byte, mask: Number.parseInt(row.mask, 16) };
}

import { fromHex, toHex } from '../../../../../emv/index.js';
import type { CardFile, CardProfile } from '../../../../../simulator/index.js';
import { VectorError } from '../../vector-error.js';
import { amountWithin } from './amount-within.js';
import { bitOf } from './bit-of.js';
import { type CappFiles, cappFiles } from './capp-files.js';
import sensibleValues from './sensible-values.json' with { type: 'json' };

type Application = CardProfile['applications'][number];

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

/** A profile that takes one entry of `cardConfig` after the other. Throws a `VectorError` for one that says nothing known. */
export class CardConfiguration {
  readonly #profile: CardProfile;
  readonly #common: Record<string, string>;
  readonly #contact: Record<string, string> = {};
  readonly #contactless: Record<string, string> = {};
  readonly #electronicCash: Record<string, string> = {};
  #application: Application;
  #keyBits: number;
  #offsetUsed = 0;
  readonly #files: CappFiles = [];
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
    else if (/^SFI /.test(key)) this.#files.push(...cappFiles(key, String(value)));
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

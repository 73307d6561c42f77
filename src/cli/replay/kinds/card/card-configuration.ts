import { fromHex, toHex } from '../../../../../emv/index.js';
import type { CardFile, CardInterface, CardProfile } from '../../../../../simulator/index.js';
import { VectorError } from '../../vector-error.js';
import { amountWithin } from './amount-within.js';
import { bitOf, bitsIn } from './bit-of.js';
import { type CappFiles, cappFiles } from './capp-files.js';
import { algorithmOf } from './personalized-issuer-data.js';
import sensibleValues from './sensible-values.json' with { type: 'json' };
import { interfaceOfFirst, type Step } from './step-schema.js';
import { hexIn, lengthOfTag, numberIn } from './value-text.js';

type Application = CardProfile['applications'][number];

const ofTheImage: Readonly<Record<string, string>> = sensibleValues.ofTheImage;
const whereItHasNone: Readonly<Record<string, string>> = sensibleValues.whereItHasNone;

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
/** The load log is there over contact alone. */
const CONTACT_TAGS = ['DF4D', 'DF4F'];
const SMALL_PAYMENT = { preAuthorization: true, responseMac: false, offsetLimitFen: 0 };

function algorithmsOf(value: unknown): Application['publicKeyAlgorithms'] {
  const names = [value].flat();
  const known = names.filter((name) => name === 'rsa' || name === 'sm2');
  if (known.length === 0 || known.length < names.length) {
    throw new VectorError('cardConfig.publicKeyAlgorithms', `${String(value)} not known`);
  }
  return known;
}

function formatOf(value: unknown): 1 | 2 {
  if (value === 1 || value === 2) return value;
  throw new VectorError('cardConfig.responseFormat', `${String(value)} not known`);
}

function versionOf(text: string): 1 | 17 {
  if (['01', '1'].includes(text)) return 1;
  if (['17', '11'].includes(text)) return 17;
  throw new VectorError('cardConfig.CVN', `${text} not known`);
}

/** A profile that takes one entry of `cardConfig` after the other. Throws a `VectorError` for one that says nothing known. */
export class CardConfiguration {
  readonly #profile: CardProfile;
  readonly #steps: readonly Step[];
  /** Where the first transaction takes place: the profile 82 that a vector gives is that interface's. */
  readonly #interface: CardInterface;
  readonly #common: Record<string, string>;
  readonly #contact: Record<string, string> = {};
  readonly #contactless: Record<string, string> = {};
  readonly #electronicCash: Record<string, string> = {};
  #application: Application;
  #identifiers: readonly string[] = [];
  #keyBits: number;
  #state: Partial<CardFile['state'][number]> = {};
  readonly #files: CappFiles = [];
  #smallPayment = SMALL_PAYMENT;

  constructor(profile: CardProfile, steps: readonly Step[]) {
    this.#profile = profile;
    this.#steps = steps;
    this.#interface = interfaceOfFirst(steps);
    this.#application = profile.applications[0]!;
    this.#common = { ...this.#application.dataObjects.common };
    this.#keyBits = profile.keyBits;
  }

  apply(key: string, value: unknown): void {
    const field = this.#fields[key];
    if (field !== undefined) field(value);
    else if (/^SFI /.test(key)) this.#files.push(...cappFiles(key, String(value), this.#steps));
    else this.#applyObject(key, value);
  }

  #applyObject(key: string, value: unknown): void {
    const [, tag, where] = /^([0-9A-F]{2,4})(?:\((DC|EC|CT|CL)\))?$/.exec(key) ?? [];
    if (tag === undefined || !TAG.test(tag)) throw new VectorError(`cardConfig.${key}`, 'not known');
    if (typeof value === 'object' && value !== null) {
      this.#setBits(tag, value as Record<string, unknown>);
      return;
    }
    if (typeof value === 'number') {
      this.#applyObject(key, numberIn(tag, value));
      return;
    }
    const bits = bitsIn(String(value));
    if (bits !== undefined) {
      this.#setBits(tag, bits);
      return;
    }
    const hex = this.#hexOf(tag, String(value));
    if (hex === undefined) return;
    if (where === 'DC' || where === 'CT') this.#contact[tag] = hex;
    else if (where === 'EC') this.#electronicCash[tag] = hex;
    else if (where === 'CL') this.#contactless[tag] = hex;
    else this.setData(tag, hex);
  }

  /** Entries that are no data object, or one that the card counts with. */
  readonly #fields: Readonly<Record<string, (value: unknown) => void>> = {
    PIN: (value) => this.#change({ pin: String(value) }),
    /** `rsa`, `sm2`, or both. */
    publicKeyAlgorithms: (value) => this.#change({ publicKeyAlgorithms: algorithmsOf(value) }),
    /** Over contact 1: template 80, 2: template 77. */
    responseFormat: (value) => this.#change({ responseFormat: formatOf(value) }),
    iccKeyBits: (value) => {
      this.#keyBits = Number(value);
    },
    '9F17': (value) => this.#number('9F17', value, (pinTries) => this.#change({ pinTries })),
    '9F13': (value) =>
      this.#number('9F13', value, (counter) => this.#change({ lastOnlineApplicationTransactionCounter: counter })),
    '9F36': (value) =>
      this.#number('9F36', value, (counter) => this.#changeState({ applicationTransactionCounter: counter })),
    CVN: (value) => this.#change({ cryptogramVersion: versionOf(String(value)) }),
    '5F34': (value) => this.#change({ panSequenceNumber: this.#hexOf('5F34', String(value)) ?? '01' }),
    '9F10': (value) => {
      const hex = hexIn('9F10', String(value));
      if (hex === undefined) return;
      this.#change({ cryptogramAlgorithm: algorithmOf(hex) });
      this.setData('9F10', hex);
    },
    DF61: (value) => this.#number('DF61', value, (byte) => this.#changeSmallPayment(byte)),
    DF62: (value) => {
      const hex = this.#hexOf('DF62', String(value));
      if (hex !== undefined) this.#smallPayment = { ...this.#smallPayment, offsetLimitFen: Number(hex) };
    },
    DF63: (value) => {
      const hex = this.#hexOf('DF63', String(value));
      if (hex !== undefined) this.#changeState({ offsetUsed: Number(hex) });
    },
    /** "AOSA<1100": what may be spent offline stays below an amount. */
    limit: (value) => {
      const [, below] = /^AOSA<(\d+)$/.exec(String(value)) ?? [];
      if (below === undefined) throw new VectorError('cardConfig.limit', `${String(value)} not known`);
      this.#change({ cumulativeLimitFen: Number(below) - 1, cumulativeUpperLimitFen: Number(below) - 1 });
    },
  };

  #number(tag: string, value: unknown, take: (number: number) => void): void {
    const hex = this.#hexOf(tag, String(value));
    if (hex !== undefined) take(Number.parseInt(hex, 16));
  }

  #change(changed: Partial<Application>): void {
    this.#application = { ...this.#application, ...changed };
  }

  #changeState(changed: Partial<CardFile['state'][number]>): void {
    this.#state = { ...this.#state, ...changed };
  }

  /** DF61: 1 segment deduction alone, 2 pre-authorization too, bit 8 the card's own MAC (JR/T 0025.14-2013 annex D). */
  #changeSmallPayment(byte: number): void {
    this.#smallPayment = {
      ...this.#smallPayment,
      preAuthorization: (byte & 0x02) !== 0,
      responseMac: (byte & 0x80) !== 0,
    };
  }

  setData(tag: string, hex: string): void {
    const purse = PURSE_FIELDS[tag as keyof typeof PURSE_FIELDS];
    if (purse !== undefined) {
      this.#change({ electronicCash: { ...this.#application.electronicCash!, [purse]: Number(hex) } });
    } else if (tag === '9F54') this.#change({ cumulativeLimitFen: Number(hex) });
    else if (tag === '9F5C') this.#change({ cumulativeUpperLimitFen: Number(hex) });
    else if (tag === '9F38') (hex.includes('9F66') ? this.#contactless : this.#contact)['9F38'] = hex;
    else if (CONTACT_TAGS.includes(tag)) this.#contact[tag] = hex;
    else if (tag === '82') (this.#interface === 'contact' ? this.#contact : this.#contactless)['82'] = hex;
    else this.#common[tag] = hex;
  }

  /** The value in hex, or `undefined` where the image's own stands for "personalized", "enough", a range … */
  #hexOf(tag: string, text: string): string | undefined {
    const bounds = [...text.matchAll(/(>=|<=|<|>)\s*(\d+)/g)];
    const own = this.#ownValue(tag);
    if (bounds.length > 0) return amountWithin(bounds, own);
    const said = hexIn(tag, text);
    if (said !== undefined) return said;
    if (tag === '9F56' && /optional/.test(text)) return '00';
    if (own !== undefined) return undefined;
    const sensible = whereItHasNone[tag];
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
      '9F51': this.#application.currency,
    };
    return this.#common[tag] ?? (fields[tag] === undefined ? ofTheImage[tag] : String(fields[tag]));
  }

  #setBits(tag: string, bits: Readonly<Record<string, unknown>>): void {
    const spending = Object.entries(bits).some(([bit, value]) => value === 1 && this.#isSpending(tag, bit));
    if (spending)
      this.#common[tag] = toHex(
        fromHex(this.#common[tag]!).map((byte, index) => (index === 0 ? byte & ~SPENDING_BITS : byte)),
      );
    for (const [bit, value] of Object.entries(bits)) this.setBit(tag, bit, value === 1 || value === true);
  }

  #isSpending(tag: string, bit: string): boolean {
    const { byte, mask } = bitOf(tag, bit);
    return tag === '9F68' && byte === 1 && (mask & SPENDING_BITS) !== 0;
  }

  /** `b1.8` (byte and bit) or a name of the tag's table. */
  setBit(tag: string, bit: string, isSet: boolean): void {
    const { byte, mask } = bitOf(tag, bit);
    const value = fromHex(this.#ownBits(tag));
    if (byte < 1 || byte > value.length) throw new VectorError(`cardConfig.${tag}`, `no bit ${bit}`);
    value[byte - 1] = isSet ? value[byte - 1]! | mask : value[byte - 1]! & ~mask;
    if (this.#fields[tag] === undefined) this.setData(tag, toHex(value));
    else this.#fields[tag](toHex(value));
  }

  #ownBits(tag: string): string {
    const placed = this.#interface === 'contact' ? this.#contact[tag] : this.#contactless[tag];
    const length = lengthOfTag(tag);
    const own = placed ?? this.#ownValue(tag);
    if (own === undefined && length === undefined) throw new VectorError(`cardConfig.${tag}`, 'of unknown length');
    return own ?? '00'.repeat(length!);
  }

  /** Names of the applications, where it is not the one of the profile. */
  name(identifiers: readonly string[]): void {
    if (identifiers.length > 0) this.#identifiers = identifiers;
  }

  profile(): CardProfile {
    const cash = this.#application.electronicCash!;
    const application: Application = {
      ...this.#application,
      electronicCash: { ...cash, limitFen: Math.max(cash.limitFen, cash.balanceFen) },
      ...(this.#files.length === 0 ? {} : { smallPayment: { ...this.#smallPayment, files: this.#files } }),
      dataObjects: {
        common: this.#common,
        contact: this.#contact,
        contactless: this.#contactless,
        electronicCash: this.#electronicCash,
      },
    };
    const names = this.#identifiers.length === 0 ? [application.applicationIdentifier] : this.#identifiers;
    const applications = names.map((applicationIdentifier) => ({ ...application, applicationIdentifier }));
    return { ...this.#profile, keyBits: this.#keyBits, applications };
  }

  withState(file: CardFile): CardFile {
    return { ...file, state: file.state.map((state) => ({ ...state, ...this.#state })) };
  }
}

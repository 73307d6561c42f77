import {
  type Command,
  decode,
  decodeResponse,
  deriveSessionKey,
  encodeCommand,
  fromHex,
  getData,
  type ReadRecord,
  type Response,
  select,
  TlvError,
  toHex,
  walk,
} from '../../../../../emv/index.js';
import {
  type CardFile,
  type CardInterface,
  openCard,
  type SoftwareCard,
  type TestPki,
} from '../../../../../simulator/index.js';
import { VectorError } from '../../vector-error.js';
import type { PersonalizedCard } from './personalize.js';
import type { TerminalValue } from './step-schema.js';

/** What a step saw of the card. */
export interface Seen {
  /** Upper-case hex. */
  readonly sw: string;
  readonly response: Response;
  /** Objects by tag, constructed ones too; of template 80 the values in it. */
  readonly tags: ReadonlyMap<string, Uint8Array>;
  /** What `value`, `save` and `delta` speak of. */
  readonly value?: Uint8Array | undefined;
}

const SECOND_CURRENCY = 'DF71';
const SM_ASKED_FOR = '01';

/** A random number that is the same in every run. */
const random = (length: number): Uint8Array => Uint8Array.from({ length }, (_, index) => 0x5a ^ index);

/** One vector's card and all that its steps refer back to. */
export class CardRun {
  readonly card: SoftwareCard;
  readonly file: CardFile;
  readonly pki: TestPki;
  /** Terminal data of a transaction, where a step gives none. */
  readonly contactless: Readonly<Record<string, string>>;
  readonly contact: Readonly<Record<string, string>>;
  readonly saved = new Map<string, Uint8Array>();
  readonly recordsSeen = new Map<string, string>();
  interface: CardInterface | undefined;
  aid: Uint8Array | undefined;
  pdol: Uint8Array = new Uint8Array(0);
  pin: string;
  /** Of the transaction under way. */
  gpo: Seen | undefined;
  optionsData: Uint8Array = new Uint8Array(0);
  terminal: Record<string, string> = {};
  /** What GET PROCESSING OPTIONS said by a name; the terminal says it again in GENERATE AC. */
  symbolic: Record<string, string> = {};
  locator: Uint8Array = new Uint8Array(0);
  readonly read = new Map<string, Uint8Array>();
  records: ReadRecord[] = [];
  counter: Uint8Array = new Uint8Array(2);
  firstCryptogram: Uint8Array | undefined;
  /** What GENERATE AC was given by CDOL1, and then by CDOL2. */
  listedData: Uint8Array = new Uint8Array(0);

  constructor(
    { file, pki, amount }: PersonalizedCard,
    defaults: {
      readonly contactless: Readonly<Record<string, string>>;
      readonly contact: Readonly<Record<string, string>>;
    },
  ) {
    this.file = file;
    this.pki = pki;
    this.card = openCard(file, { random });
    const own = amount === undefined ? {} : { '9F02': amount };
    this.contactless = defaults.contactless;
    this.contact = { ...defaults.contact, ...own };
    this.pin = file.applications[0]!.pin ?? '';
  }

  /** As it stands in a transaction with the algorithms that the terminal asked for (DF69, JR/T 0025.17-2013 10). */
  get application() {
    const application = this.file.applications[0]!;
    const { smTransaction } = application;
    if (smTransaction === undefined || this.terminal.DF69 !== SM_ASKED_FOR) return application;
    return { ...application, ...smTransaction, data: { ...application.data, ...smTransaction.data } };
  }

  power(by: CardInterface): void {
    this.card.powerOff();
    this.card.powerOn(by);
    this.interface = by;
    this.#forget();
  }

  /** A step that belongs to the other interface moves the card there, and selects again what was selected. */
  moveTo(by: CardInterface): void {
    if (this.interface === by) return;
    const { aid } = this;
    this.power(by);
    if (aid !== undefined) this.select(aid, 'first');
  }

  #forget(): void {
    this.gpo = undefined;
    this.firstCryptogram = undefined;
    this.locator = new Uint8Array(0);
    this.records = [];
    this.read.clear();
  }

  send(command: Command): Seen {
    return this.sendBytes(encodeCommand(command));
  }

  sendBytes(command: Uint8Array): Seen {
    const response = decodeResponse(this.card.transmit(command));
    return {
      sw: response.statusWord.toString(16).toUpperCase().padStart(4, '0'),
      response,
      tags: tagsOf(response.data),
    };
  }

  select(name: Uint8Array, occurrence: 'first' | 'next'): Seen {
    const seen = this.send(select(name, occurrence));
    this.#forget();
    this.aid = name;
    if (seen.response.data.length > 0) this.pdol = seen.tags.get('9F38') ?? new Uint8Array(0);
    return seen;
  }

  /** GET DATA, the value without tag and length; `undefined` where the card gives none. */
  getData(tag: string): { readonly seen: Seen; readonly value: Uint8Array | undefined } {
    const seen = this.send(getData(tag));
    return { seen, value: seen.sw === '9000' ? seen.tags.get(tag) : undefined };
  }

  amountOf(tag: string): number {
    const { value } = this.getData(tag);
    if (value === undefined) throw new VectorError('step', `the card has no ${tag} to make an amount from`);
    return Number(toHex(value));
  }

  /** A terminal value in hex; `DIFF` is a code that is not the card's, a tag the card's own value. */
  resolve(tag: string, value: TerminalValue): { readonly hex: string; readonly isSymbolic: boolean } {
    if (typeof value === 'object') {
      const amount =
        this.amountOf(value.fromCard) -
        (value.minusCard === undefined ? 0 : this.amountOf(value.minusCard)) +
        (value.plusCard === undefined ? 0 : this.amountOf(value.plusCard)) +
        (value.plus ?? 0) -
        (value.minus ?? 0);
      return { hex: String(amount).padStart(12, '0'), isSymbolic: true };
    }
    if (value === 'DIFF') return { hex: '0840', isSymbolic: true };
    const { data } = this.application;
    // A card with one currency has no other of its own.
    const name = value.toUpperCase();
    const own = name === tag ? undefined : (data[name] ?? (name === SECOND_CURRENCY ? data['9F51'] : undefined));
    if (own !== undefined) return { hex: own, isSymbolic: true };
    if (!/^([0-9A-Fa-f]{2})*$/.test(value)) throw new VectorError(`terminal.${tag}`, `${value} is no value`);
    return { hex: value, isSymbolic: false };
  }

  sessionKey(name: 'applicationCryptogram' | 'messageAuthentication' | 'encipherment'): Uint8Array {
    const { keys, cryptogramAlgorithm: algorithm } = this.application;
    return deriveSessionKey({ method: 'pboc', algorithm, key: fromHex(keys[name]!), atc: this.counter });
  }
}

function tagsOf(data: Uint8Array): ReadonlyMap<string, Uint8Array> {
  const tags = new Map<string, Uint8Array>();
  try {
    for (const { tag, value } of walk(decode(data))) if (!tags.has(tag)) tags.set(tag, value);
  } catch (error) {
    if (!(error instanceof TlvError)) throw error;
  }
  return tags;
}

import { concat, equalBytes, fromHex, toHex } from '../../../../emv/bytes.js';
import { cappMac, cappResponseMac } from '../../../../emv/cryptogram/index.js';
import type {
  SmallPaymentAnswer,
  SmallPaymentOutcome,
  SmallPaymentRequest,
  Trade,
} from '../../../../emv/kernel/index.js';
import { smallPaymentTransaction } from '../../../../emv/kernel/index.js';
import type { QpbocTerminal } from '../../../../emv/kernel/qpboc/qpboc-terminal.js';
import {
  type CappRecord,
  encodeCappRecord,
  encodeTradeRecord,
  type TradeLayout,
  type TradeRecord,
} from '../../../../emv/values/index.js';
import { fen, object, toResponse } from '../qpboc/card-script.js';
import { genuineSession, withObject } from '../qpboc/genuine-card.js';

export const KEY = fromHex('404142434445464748494A4B4C4D4E4F');
export const CHALLENGE = fromHex('A1A2A3A4A5A6A7A8');
const ATC = fromHex('0001');

/** Its signature is of version 00 and covers the terminal's random number alone: it fits every amount. */
const session = genuineSession('ses-tc-00');

export interface CappCardOptions {
  /** Records by file and identifier, `'15.3150'`, in hex. */
  readonly records?: Readonly<Record<string, string>>;
  /** The cyclic file, newest first, in hex. */
  readonly rides?: readonly string[];
  /** DF61; bit 8: answers have an R-MAC. `undefined`: no extension. */
  readonly abilities?: string | undefined;
  /** Whether the PDOL asks for DF60. */
  readonly asksIndicator?: boolean;
  readonly key?: Uint8Array;
  /** Electronic cash in cents, told on GET DATA. */
  readonly balance?: number;
  /** Another answer in the place of the card's, by name and how often that name came before; `null`: the card left. */
  readonly bend?: (name: string, place: number, answer: Uint8Array) => Uint8Array | null;
}

/** A card of part 14 around recorded answers: it keeps what it is told until the last record is read. */
export class CappCard {
  readonly records: Map<string, Uint8Array>;
  rides: Uint8Array[];
  readonly heard: string[] = [];
  #cache: { key: string; record: Uint8Array }[] = [];
  readonly #places = new Map<string, number>();
  readonly #options: CappCardOptions;

  constructor(options: CappCardOptions = {}) {
    this.#options = options;
    this.records = new Map(Object.entries(options.records ?? {}).map(([key, hex]) => [key, fromHex(hex)]));
    this.rides = (options.rides ?? []).map(fromHex);
  }

  transmit(name: string, command: Uint8Array): Uint8Array | undefined {
    this.heard.push(toHex(command));
    const place = this.#places.get(name) ?? 0;
    this.#places.set(name, place + 1);
    const answer = this.#answer(name, command);
    const bent = this.#options.bend === undefined ? answer : this.#options.bend(name, place, answer);
    if (bent !== null && this.#isLast(command) && toHex(bent.slice(-2)) === '9000') this.#commit();
    return bent ?? undefined;
  }

  #isLast(command: Uint8Array): boolean {
    return toHex(command) === session.commands.at(-1);
  }

  #answer(name: string, command: Uint8Array): Uint8Array {
    const data = command.subarray(5, 5 + (command[4] ?? 0));
    switch (name) {
      case 'select-application':
        return this.#selected(session.answerTo(command));
      case 'read-capp-data':
        return this.#read(command[3]! >> 3, data);
      case 'update-capp-data-cache':
        return this.#update(command, data);
      case 'get-processing-options':
        return session.options;
      case 'get-data':
        return this.#options.balance === undefined
          ? fromHex('6A88')
          : toResponse(object('9F79', fen(this.#options.balance)));
      default: {
        const isRide = command[3]! >> 3 === 0x1e && name === 'read-record';
        const ride = this.rides[command[2]! - 1];
        if (isRide) return ride ? concat(ride, fromHex('9000')) : fromHex('6A83');
        return session.answerTo(command);
      }
    }
  }

  #selected(answer: Uint8Array): Uint8Array {
    const { abilities, asksIndicator = true } = this.#options;
    const indicator = asksIndicator ? 'DF6001' : '';
    const list = object('9F38', `9F66049F02069F37045F2A02${indicator}`);
    const discretionary = abilities === undefined ? '' : object('BF0C', object('DF61', abilities));
    const name = toHex(answer).slice(4);
    const aid = name.slice(4, 4 + 2 * Number.parseInt(name.slice(2, 4), 16));
    return toResponse(object('6F', object('84', aid), object('A5', list, discretionary)));
  }

  get #isProtected(): boolean {
    return (Number.parseInt(this.#options.abilities ?? '00', 16) & 0x80) !== 0;
  }

  #mac(challenge: Uint8Array, data: Uint8Array): Uint8Array {
    const { key = KEY } = this.#options;
    return this.#isProtected ? cappResponseMac({ algorithm: '3des', key, challenge, data }) : new Uint8Array();
  }

  #read(file: number, data: Uint8Array): Uint8Array {
    const record = this.records.get(`${file.toString(16)}.${toHex(data.subarray(0, 2))}`);
    if (record === undefined) return fromHex('6A83');
    return concat(record, this.#isProtected ? this.#mac(data.subarray(2), record) : new Uint8Array(), fromHex('9000'));
  }

  #update(command: Uint8Array, data: Uint8Array): Uint8Array {
    const { key = KEY } = this.#options;
    const [record, mac] = [data.subarray(0, -4), data.subarray(-4)];
    const file = command[3]! >> 3;
    const name = file === 0x1e ? 'cyclic' : `${file.toString(16)}.${toHex(record.subarray(0, 2))}`;
    if (file !== 0x1e && this.records.get(name)?.length !== record.length) return fromHex('6A80');
    const expected = cappMac({ algorithm: '3des', key, atc: ATC, header: command.subarray(0, 4), data: record });
    if (!equalBytes(mac, expected)) return fromHex('6988');
    this.#cache.push({ key: name, record: record.slice() });
    return concat(this.#mac(mac, fromHex('9000')), fromHex('9000'));
  }

  #commit(): void {
    for (const { key, record } of this.#cache) {
      if (key === 'cyclic') this.rides = [record, ...this.rides];
      else this.records.set(key, record);
    }
    this.#cache = [];
  }
}

export interface Ports {
  readonly key?: Uint8Array;
  readonly fare?: (request: Extract<SmallPaymentRequest, { kind: 'fare' }>) => number | undefined;
}

function answerPort(
  request: Exclude<SmallPaymentRequest, { kind: 'command' }>,
  { key = KEY, fare = () => 300 }: Ports,
): SmallPaymentAnswer {
  switch (request.kind) {
    case 'challenge':
      return { kind: 'challenge', bytes: CHALLENGE.subarray(0, request.length) };
    case 'capp-mac': {
      const { algorithm, header, data, applicationTransactionCounter: atc } = request;
      return { kind: 'capp-mac', mac: cappMac({ algorithm, key, atc, header, data }) };
    }
    case 'capp-response-mac': {
      const { algorithm, challenge, data } = request;
      return { kind: 'capp-response-mac', mac: cappResponseMac({ algorithm, key, challenge, data }) };
    }
    case 'authorization-code':
      return { kind: 'authorization-code', code: fromHex('C0DEC0DE') };
    case 'fare':
      return { kind: 'fare', amount: fare(request) };
  }
}

export interface PlayedRide {
  readonly outcome: SmallPaymentOutcome;
  /** Names of commands and requests in their order. */
  readonly steps: readonly string[];
  readonly card: CappCard;
}

/** Puts a trade to a card. */
export function ride(
  trade: Trade,
  card: CappCard,
  ports: Ports = {},
  terminal: Readonly<Record<string, string>> = {},
  options: Partial<QpbocTerminal> = {},
): PlayedRide {
  const kernel = smallPaymentTransaction({ ...session.terminal(terminal), ...options, trade });
  const steps: string[] = [];
  let step = kernel.next();
  while (!step.done) {
    const request = step.value;
    steps.push(request.kind === 'command' ? request.name : request.kind);
    if (request.kind === 'command') {
      const response = card.transmit(request.name, request.command);
      step = kernel.next(response ? { kind: 'response', response } : { kind: 'no-response' });
    } else step = kernel.next(answerPort(request, ports));
  }
  return { outcome: step.value, steps, card };
}

/** A record of the trade 3150 as its card keeps it, in hex. */
export const tradeRecord = (layout: TradeLayout, fields: TradeRecord, header: Partial<CappRecord> = {}): string =>
  toHex(
    encodeCappRecord({
      ...{ identifier: 0x3150, valid: true, kind: 1, locked: false, ...header },
      data: encodeTradeRecord(layout, fields),
    }),
  );

/** How many READ RECORDs the recorded card needs. */
export const RECORDS = session.commands.length - 3;

/** The card's answer to GET PROCESSING OPTIONS with one object changed. */
export const optionsWith = (tag: string, value: string | undefined): Uint8Array =>
  withObject(session.options, tag, value);

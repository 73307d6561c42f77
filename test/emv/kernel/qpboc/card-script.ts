import { fromHex, toHex } from '../../../../emv/bytes.js';
import {
  type CardAnswer,
  type Exchange,
  type KernelCommand,
  type QpbocOutcome,
  qpbocTransaction,
} from '../../../../emv/kernel/index.js';
import type { QpbocTerminal } from '../../../../emv/kernel/qpboc/qpboc-terminal.js';
import { createCertificationAuthorityKeyStore } from '../../../../emv/keys/index.js';
import { encode } from '../../../../emv/tlv/index.js';

/** The other side of the kernel: the answer with its status word, or `undefined` where the card has left. */
export type Card = (command: KernelCommand) => Uint8Array | undefined;

export interface Played<T = QpbocOutcome> {
  readonly outcome: T;
  /** Every command in hex, in the order in which it was sent. */
  readonly commands: readonly string[];
}

const COMMANDS_MAX = 10_000;

/** Plays a card to a part of the kernel until it has its result. */
export function converse<T>(exchange: Exchange<T>, card: Card): Played<T> {
  const commands: string[] = [];
  let step = exchange.next();
  while (!step.done) {
    if (commands.push(toHex(step.value.command)) > COMMANDS_MAX) throw new Error('the kernel finds no end');
    const response = card(step.value);
    const answer: CardAnswer = response === undefined ? { kind: 'no-response' } : { kind: 'response', response };
    step = exchange.next(answer);
  }
  return { outcome: step.value, commands };
}

export const play = (card: Card, terminal: Partial<QpbocTerminal> = {}): Played =>
  converse(qpbocTransaction({ ...offlineTerminal, ...terminal }), card);

export const dataMap = (values: Readonly<Record<string, string>>): Map<string, Uint8Array> =>
  new Map(Object.entries(values).map(([tag, value]) => [tag, fromHex(value)]));

/** Offline only, 2 yuan, dynamic authentication of version 01. */
export const OFFLINE_DATA = {
  '9F66': '28000080',
  '9F02': '000000000200',
  '9F03': '000000000000',
  '9F1A': '0156',
  '5F2A': '0156',
  '9A': '160104',
  '9C': '00',
  '9F21': '081530',
} as const;

export const offlineTerminal: QpbocTerminal = {
  data: dataMap(OFFLINE_DATA),
  unpredictableNumber: fromHex('01020304'),
  date: '2016-01-04',
  caKeys: createCertificationAuthorityKeyStore([]),
};

export const withData = (values: Readonly<Record<string, string>>): Pick<QpbocTerminal, 'data'> => ({
  data: dataMap({ ...OFFLINE_DATA, ...values }),
});

/** The same terminal that can also go online, ask for a PIN or a signature, and take the card by its contacts. */
export const ONLINE = withData({ '9F66': '36000080' });

/** An amount as 9F02 and 9F79 have it, in hex. */
export const fen = (amount: number): string => amount.toString().padStart(12, '0');

/** A data object in hex, from the hex of what is in it. */
export const object = (tag: string, ...content: string[]): string =>
  toHex(encode([{ tag, value: fromHex(content.join('')) }]));

export const SELECT_PPSE = '00A404000E325041592E5359532E444446303100';
export const DEBIT = 'A000000333010101';
export const CREDIT = 'A000000333010102';
export const PAN = '6228000100001117';
export const TRACK_2 = `${PAN}D3012220`;

export const entry = (name: string, priority?: string): string =>
  object('61', object('4F', name), priority === undefined ? '' : object('87', priority));

export const ppse = (...entries: string[]): string =>
  object('6F', object('84', '325041592E5359532E4444463031'), object('A5', object('BF0C', ...entries)));

/** The answer to SELECT; `list` is the PDOL, by default 9F66, 9F02 and 9F37. */
export const application = (name = DEBIT, list: string | undefined = '9F66049F02069F3704'): string =>
  object('6F', object('84', name), object('A5', list === undefined ? '' : object('9F38', list)));

/** 9F10 with what the card decided: 0 declines, 1 approves, 2 asks its issuer. */
export const issuerData = (cryptogramType: number): string => `07010103${cryptogramType}0000001`.padEnd(16, '0');

/** 9F10 that tells a balance too, as issuer discretionary data of kind 01. */
export const issuerDataWithBalance = (cryptogramType: number, balance: number): string =>
  `${issuerData(cryptogramType)}0A01${balance.toString().padStart(10, '0')}AABBCCDD`;

/** The data objects of an answer to GET PROCESSING OPTIONS; `undefined` leaves one out. */
export function options(changes: Readonly<Record<string, string | undefined>> = {}): string {
  const values: Record<string, string | undefined> = {
    '82': '2000',
    '94': '08010100',
    '9F36': '0001',
    '57': TRACK_2,
    '9F10': issuerData(1),
    '9F26': '1122334455667788',
    ...changes,
  };
  return object('77', ...Object.entries(values).map(([tag, value]) => (value === undefined ? '' : object(tag, value))));
}

export const record = (...content: string[]): string => object('70', ...content);

/** The answer that a line is: `9000` follows where no other status word stands behind a space. */
export const toResponse = (line: string): Uint8Array =>
  fromHex(line.includes(' ') ? line.replace(' ', '') : `${line}9000`);

export interface ScriptLines {
  readonly directory?: string;
  /** By the name selected. */
  readonly applications?: Readonly<Record<string, string>>;
  readonly options?: string;
  /** Answers to GET DATA by tag, one after the other; the last one stays. `proof`: to GET TRANS PROVE. */
  readonly data?: Readonly<Record<string, readonly string[]>>;
  /** By short file identifier and number, `'1.1'`. */
  readonly records?: Readonly<Record<string, string>>;
}

/**
 * A card that knows its lines: answers in hex without the status word 9000, or with another one behind a space
 * (`' 6A82'`). A line that is not there is a card that has left.
 */
export function scriptedCard(lines: ScriptLines = {}): Card {
  const {
    data: dataObjects = {},
    directory = ppse(entry(DEBIT, '01')),
    applications = { [DEBIT]: application() },
  } = lines;
  const { options: processingOptions = options(), records = { '1.1': record(object('5F24', '301231')) } } = lines;
  const said: string[] = [];
  const dataObject = (tag: string) => {
    const lines = dataObjects[tag];
    const place = said.filter((earlier) => earlier === tag).length;
    said.push(tag);
    return lines?.[Math.min(place, lines.length - 1)];
  };
  return ({ name, command }) => {
    const line = {
      'select-ppse': () => directory,
      'select-application': () => applications[toHex(command.subarray(5, -1))],
      'get-data': () => dataObject(toHex(command.subarray(2, 4))),
      'get-processing-options': () => processingOptions,
      'get-trans-prove': () => dataObjects.proof?.[0],
      'read-capp-data': () => undefined,
      'update-capp-data-cache': () => undefined,
      'read-record': () => records[`${command[3]! >> 3}.${command[2]}`],
    }[name]();
    return line === undefined ? undefined : toResponse(line);
  };
}

import { decodeCommand } from '../../../../emv/apdu/index.js';
import { fromHex, toHex } from '../../../../emv/bytes.js';
import {
  type ContactAnswer,
  type ContactExchange,
  type ContactOutcome,
  type ContactTerminal,
  contactTransaction,
  type PortAnswer,
  type PortKind,
  type PortRequest,
} from '../../../../emv/kernel/index.js';
import { createCertificationAuthorityKeyStore } from '../../../../emv/keys/index.js';
import { DEBIT, dataMap, object, PAN, toResponse } from '../qpboc/card-script.js';

export { CREDIT, DEBIT, dataMap, object, PAN, toResponse } from '../qpboc/card-script.js';

/** An attended terminal that can go online and do everything but certificates. */
export const TERMINAL_DATA = {
  '9F02': '000000010000',
  '9F03': '000000000000',
  '9F1A': '0156',
  '5F2A': '0156',
  '9A': '160104',
  '9C': '00',
  '9F21': '081530',
  '9F33': 'E0F8C8',
  '9F35': '22',
  '9F40': '6000F0A001',
  '9F09': '0030',
  '9F1B': '00004E20',
  DF11: '0000000000',
  DF12: '0000000000',
  DF13: '0000000000',
} as const;

export const terminal = (
  data: Readonly<Record<string, string | undefined>> = {},
  rest: Partial<ContactTerminal> = {},
): ContactTerminal => ({
  data: dataMap(
    Object.fromEntries(
      Object.entries({ ...TERMINAL_DATA, ...data }).flatMap(([tag, value]) =>
        value === undefined ? [] : [[tag, value]],
      ),
    ),
  ),
  unpredictableNumber: fromHex('01020304'),
  date: '2016-01-04',
  caKeys: createCertificationAuthorityKeyStore([]),
  ...rest,
});

/** What the records of an ordinary card hold; no authentication, no verification list, no limits. */
export const CARD_DATA = {
  '5A': PAN,
  '5F24': '301231',
  '5F28': '0156',
  '5F34': '01',
  '9F07': 'FFC0',
  '9F08': '0030',
  '9F42': '0156',
  '8C': '9F02069F03069F1A0295055F2A029A039C019F3704',
  '8D': '8A029F02069F03069F1A0295055F2A029A039C019F3704',
  '9F0D': '0000000000',
  '9F0E': '0000000000',
  '9F0F': '0000000000',
} as const;

export const objects = (values: Readonly<Record<string, string | undefined>>): string =>
  Object.entries(values)
    .map(([tag, value]) => (value === undefined ? '' : object(tag, value)))
    .join('');

type Line = string | ((data: Uint8Array) => string);

/** Answers in hex; a status word other than 9000 stands behind a space. */
export interface CardLines {
  /** By name selected; `next` is the answer to the next occurrence. */
  readonly select?: Readonly<Record<string, string | readonly string[]>>;
  /** By number; the directory is file 1. */
  readonly directory?: readonly string[];
  /** AIP, `5C00` for all but DDA and CDA. */
  readonly profile?: string;
  readonly options?: string;
  readonly pdol?: string;
  readonly locator?: string;
  /** Instead of the one made of `data`. By file and number, `1.1`. */
  readonly records?: Readonly<Record<string, string>>;
  readonly data?: Readonly<Record<string, string | undefined>> | undefined;
  /** GET DATA by tag: the value. */
  readonly objects?: Readonly<Record<string, string>>;
  /** To each VERIFY in turn. */
  readonly verify?: readonly Line[];
  readonly sign?: Line;
  readonly challenge?: Line;
  /** To each GENERATE AC in turn. */
  readonly cryptograms?: readonly Line[];
  readonly externalAuthenticate?: string;
  /** To every other command in turn. */
  readonly scripts?: readonly string[];
}

export const PSE = '315041592E5359532E4444463031';
const DIRECTORY_FILE = 10;

export const fci = (name: string, content = ''): string => object('6F', object('84', name), object('A5', content));
export const PSE_ANSWER = fci(PSE, object('88', '0A'));
export const entry = (name: string, content = ''): string => object('61', object('4F', name), content);
export const cryptogram = (information: string, issuerData = '07010103A0000001'): string =>
  object('80', information, '0001', '1122334455667788', issuerData);

/** A card that knows its lines and says each in its turn; what is not there it refuses. */
export class ContactCard {
  readonly #turns = new Map<string, number>();

  constructor(private readonly lines: CardLines = {}) {}

  answer(bytes: Uint8Array): string {
    const { cla, ins, p1, p2, data = new Uint8Array(0) } = decodeCommand(bytes);
    const { lines } = this;
    const profile = lines.profile ?? '1C00';
    if (cla === 0x00 && ins === 0xa4) return this.#select(toHex(data));
    if (ins === 0xa8) return lines.options ?? object('80', profile, lines.locator ?? '08010100');
    if (cla === 0x00 && ins === 0xb2) return this.#record(p2 >> 3, p1);
    if (ins === 0xca) return this.#object(toHex(Uint8Array.of(p1, p2)).replace(/^00/, ''));
    if (ins === 0x20) return this.#next('verify', lines.verify ?? [''], data);
    if (ins === 0x88) return say(lines.sign ?? ' 6D00', data);
    if (cla === 0x00 && ins === 0x84) return say(lines.challenge ?? ' 6D00', data);
    if (ins === 0xae) return this.#next('cryptograms', lines.cryptograms ?? [cryptogram('40')], data);
    if (ins === 0x82) return lines.externalAuthenticate ?? '';
    return this.#next('scripts', lines.scripts ?? [''], data);
  }

  #select(name: string): string {
    const list = this.lines.pdol === undefined ? '' : object('9F38', this.lines.pdol);
    const answer = (this.lines.select ?? { [PSE]: PSE_ANSWER, [DEBIT]: fci(DEBIT, list) })[name];
    if (answer === undefined) return ' 6A82';
    return typeof answer === 'string' ? answer : this.#next(name, [...answer, ' 6A82'], new Uint8Array(0));
  }

  #record(file: number, number: number): string {
    const { directory = [object('70', entry(DEBIT))], records, data } = this.lines;
    if (file === DIRECTORY_FILE) return directory[number - 1] ?? ' 6A83';
    const ordinary = { '1.1': object('70', objects({ ...CARD_DATA, ...data })) };
    return (records ?? ordinary)[`${file}.${number}` as '1.1'] ?? ' 6A83';
  }

  #object(tag: string): string {
    const value = this.lines.objects?.[tag];
    return value === undefined ? ' 6A88' : object(tag, value);
  }

  #next(name: string, answers: readonly Line[], data: Uint8Array): string {
    const turn = this.#turns.get(name) ?? 0;
    this.#turns.set(name, turn + 1);
    return say(answers[turn] ?? answers.at(-1)!, data);
  }
}

const say = (line: Line, data: Uint8Array): string => (typeof line === 'string' ? line : line(data));

/** What the terminal around the kernel answers; the rest is refused, bypassed, unknown. */
export type Ports = {
  readonly [K in PortKind]?: (request: PortRequest<K>, turn: number) => Omit<PortAnswer<K>, 'kind'>;
};

const REFUSING: Required<Ports> = {
  'choose-application': () => ({}),
  'confirm-application': () => ({ confirmed: false }),
  'enter-pin': () => ({ result: 'bypassed' }),
  'compare-certificate': () => ({ agrees: false }),
  'look-up-exception-file': () => ({ listed: false }),
  'sum-transaction-log': () => ({ amount: 0 }),
  'authorize-online': () => ({ result: 'pending' }),
  'refer-to-issuer': () => ({ approved: false }),
};

export interface Played<T> {
  readonly outcome: T;
  /** In hex, in the order in which they were sent. */
  readonly commands: readonly string[];
  readonly requests: readonly PortRequest[];
}

const COMMANDS_MAX = 5000;

/** Plays card and terminal to the kernel; `undefined` from the card is a card that has left. */
export function converse<T>(
  kernel: ContactExchange<T>,
  card: (command: Uint8Array) => Uint8Array | undefined,
  ports: Ports = {},
): Played<T> {
  const commands: string[] = [];
  const requests: PortRequest[] = [];
  let step = kernel.next();
  while (!step.done) {
    const request = step.value;
    if (request.kind === 'command') {
      if (commands.push(toHex(request.command)) > COMMANDS_MAX) throw new Error('the kernel finds no end');
      const response = card(request.command);
      step = kernel.next(response === undefined ? { kind: 'no-response' } : { kind: 'response', response });
    } else {
      const turn = requests.filter(({ kind }) => kind === request.kind).length;
      requests.push(request);
      const port = (ports[request.kind] ?? REFUSING[request.kind]) as (request: PortRequest, turn: number) => object;
      step = kernel.next({ kind: request.kind, ...port(request, turn) } as ContactAnswer);
    }
  }
  return { outcome: step.value, commands, requests };
}

/** The line of a card that leaves instead of answering. */
export const LEAVES = '.';

export function play(
  lines: CardLines = {},
  ports: Ports = {},
  terminalOfTest: ContactTerminal = terminal(),
): Played<ContactOutcome> {
  const card = new ContactCard(lines);
  const answer = (command: Uint8Array) => {
    const line = card.answer(command);
    return line === LEAVES ? undefined : toResponse(line);
  };
  return converse(contactTransaction(terminalOfTest), answer, ports);
}

/** 95, 9B and 9F34 in hex. */
export const marks = ({ outcome }: Played<ContactOutcome>) => ({
  tvr: toHex(outcome.terminalVerificationResults),
  tsi: toHex(outcome.transactionStatusInformation),
  cvm: toHex(outcome.cardholderVerification.results ?? new Uint8Array(0)),
});

/** A data object of the outcome in hex. */
export const value = ({ outcome }: Played<ContactOutcome>, tag: string): string | undefined => {
  const bytes = outcome.data.get(tag);
  return bytes && toHex(bytes);
};

import type { AuthorizationKind } from '../../../../simulator/index.js';
import { CommandError } from '../../exit-codes.js';
import type { TapOptions } from '../tap-options.js';
import transactionTypes from './transaction-types.json';

export type ContactTransactionType = keyof typeof transactionTypes;

export interface TransactionTypeRow {
  /** 9C: the first two digits of the processing code. */
  readonly code: string;
  /** What the issuer is asked for. */
  readonly authorization: AuthorizationKind;
  /** Without the issuer it is nothing. */
  readonly asksIssuer: boolean;
  readonly source: string;
}

export const transactionTypeOf = (type: ContactTransactionType): TransactionTypeRow =>
  transactionTypes[type] as TransactionTypeRow;

/** Whether the transaction has an amount. */
export const isOfMoney = (type: ContactTransactionType): boolean => type !== 'balance' && type !== 'maintenance';

/** What `yongtap tap --interface contact` takes beside the options of every tap. */
export interface ContactOptions {
  readonly type?: ContactTransactionType;
  /** Digits, one after the other for each time that the card asks. */
  readonly pin?: readonly string[];
  /** An address, or `simulator` for an issuer in this process. */
  readonly issuer?: string;
  readonly issuerKey?: string;
  /** 16 bytes in hex, under which the online PIN goes to the issuer. */
  readonly zonePinKey?: string;
  readonly offline?: boolean;
  readonly forceOnline?: boolean;
  readonly electronicCash?: boolean;
}

/** Options that mean something to a tap alone: why not to a card in a slot. */
const ofTapsAlone: Readonly<Partial<Record<keyof TapOptions, string>>> = {
  profile: 'its profiles are those of contactless terminals; --type says what this one does',
  event: 'entry and exit are of taps: a card in a slot passes no gate',
  place: 'it says where a tap was; a contact transaction makes no tap record',
  operator: 'it names the terminal in a tap record, and there is none',
  terminal: 'it names the terminal in a tap record, and there is none',
  post: 'a gateway takes tap records of qPBOC; --issuer goes online',
  lists: 'they are those of gates and buses: here the issuer says who pays',
  budget: 'it is what a holder may wait at a gate',
  transcript: 'recorded contact sessions are played by yongtap replay, with what the issuer had said',
  session: 'recorded contact sessions are played by yongtap replay, with what the issuer had said',
};

/**
 * Throws {@link CommandError} for options that make no sense over contact, or not together. `given` are those that stand on
 * the command line: keys that the environment has for another transaction are no mistake.
 */
export function checkContactOptions(
  options: TapOptions & ContactOptions,
  given: Partial<TapOptions & ContactOptions> = options,
): void {
  for (const [name, why] of Object.entries(ofTapsAlone)) {
    if (options[name as keyof TapOptions] !== undefined) throw refused(`--${name} is not for --interface contact`, why);
  }
  const { type = 'purchase', issuer, offline, forceOnline } = options;
  if (options.card !== undefined && options.reader !== undefined)
    throw new CommandError('card-ambiguous', 'give one of --card and --reader');
  if (options.amount !== undefined && !isOfMoney(type))
    throw refused(`--type ${type} and --amount`, 'it moves no money');
  if (given.key !== undefined) throw refused('--key is for a gateway', 'that of an issuer is --issuer-key');
  if (given.issuerKey !== undefined && (issuer === undefined || issuer === 'simulator'))
    throw refused('--issuer-key is for an issuer over HTTP', 'give its address with --issuer');
  if (offline && issuer !== undefined) throw refused('--offline and --issuer', 'a terminal without a line asks nobody');
  if (offline && forceOnline) throw refused('--offline and --force-online', 'a terminal without a line asks nobody');
  if (given.zonePinKey !== undefined && issuer === undefined)
    throw refused('--zone-pin-key is for a PIN that goes to the issuer', 'give the issuer with --issuer');
  if (transactionTypeOf(type).asksIssuer && issuer === undefined) {
    throw new CommandError(
      'issuer-needed',
      `--type ${type} is an online transaction`,
      undefined,
      'Give --issuer URL (yongtap issuer starts one), or --issuer simulator for one in this process.',
    );
  }
}

/** Options that mean something to a card in a slot alone. */
const ofSlotsAlone: readonly (readonly [keyof ContactOptions, flag: string])[] = [
  ['type', '--type'],
  ['pin', '--pin'],
  ['issuer', '--issuer'],
  ['issuerKey', '--issuer-key'],
  ['zonePinKey', '--zone-pin-key'],
  ['offline', '--offline'],
  ['forceOnline', '--force-online'],
  ['electronicCash', '--no-electronic-cash'],
];

/**
 * Throws {@link CommandError} for options that a tap would ignore, those of a card in a slot first: of those that stand on
 * the command line alone.
 */
export function checkTapOptions(given: ContactOptions & Partial<TapOptions>): void {
  const [, flag] = ofSlotsAlone.find(([name]) => given[name] !== undefined) ?? [];
  if (flag !== undefined) throw refused(`${flag} is for a card in a slot`, 'Give --interface contact with it.');
  if (given.key !== undefined && given.post === undefined)
    throw refused('--key is for a gateway', 'Give its address with --post.');
  if (given.budget !== undefined && !given.trace && !given.json)
    throw refused('--budget is for the table of times', 'Give --trace, or --json.');
}

const refused = (what: string, why: string): CommandError =>
  new CommandError('option-impossible', what, undefined, `${why.charAt(0).toUpperCase()}${why.slice(1)}`);

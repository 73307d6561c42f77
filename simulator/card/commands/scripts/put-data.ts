import type { Command } from '../../../../emv/apdu/index.js';
import { decodeNumeric, toHex } from '../../../../emv/bytes.js';
import type { Status } from '../../answer.js';
import { giveBack } from '../../capp/extend.js';
import { frozenAmount } from '../../capp/frozen-amount.js';
import { AMOUNT_MAX, type ApplicationState } from '../../card-file.js';
import { amountOf } from '../../personalized.js';
import { withLoadLogEntry } from '../../transaction/load-log.js';
import type { ScriptInput } from './run-script.js';
import writable from './writable-data.json' with { type: 'json' };

/** Amounts and the factor between two currencies (9F73); counters of one byte are binary. */
const NUMERIC_LENGTHS = [6, 4];
/** These stand in the card's state, not among its data objects. */
const LIVING = ['9F79', 'DF79'];

type Parameters = Pick<Command, 'p1' | 'p2'>;

const tagOf = ({ p1, p2 }: Parameters): string => toHex(Uint8Array.of(p1, p2));

/** How long a value of the tag in P1 and P2 has to be; `undefined` where scripts cannot write it. */
export function writableLength(parameters: Parameters): number | undefined {
  return writable.find((row) => row.tag === tagOf(parameters))?.length;
}

/** What a new amount does beyond being written; a status: it is refused. */
type AmountRule = (amount: number, input: ScriptInput) => ApplicationState | Status;

const limitOf = ({ application }: ScriptInput, tag: string): number => amountOf(application.data, tag) ?? AMOUNT_MAX;

const amountRules: Readonly<Record<string, AmountRule>> = {
  /** Frozen amounts stay within the limit too; an empty purse repays its offset first (JR/T 0025.14-2013 5.2.7, 6.2.8). */
  '9F79': (amount, input) => {
    const { state } = input;
    if (amount + frozenAmount(state) > limitOf(input, '9F77')) return 'wrong-data';
    const after = state.balance === 0 ? giveBack(state, amount) : { balance: amount };
    return withLoadLogEntry(input, { ...state, ...after }, { old: state.balance, loaded: after.balance });
  },
  DF79: (amount, input) => {
    const { state } = input;
    if (amount > limitOf(input, 'DF77')) return 'wrong-data';
    return withLoadLogEntry(input, { ...state, secondBalance: amount }, { old: state.secondBalance, loaded: amount });
  },
  DF62: (amount, { state }) => (amount < state.offsetUsed ? 'wrong-data' : state),
};

/** PUT DATA (JR/T 0025.5-2013 B.12; the purse: JR/T 0025.13-2013 8): only what was personalized can be written. */
export function putData(input: ScriptInput): ApplicationState | Status {
  const tag = tagOf(input);
  const { application, data, state } = input;
  if (application.data[tag] === undefined) return 'function-not-supported';
  const amount = NUMERIC_LENGTHS.includes(data.length) ? decodeNumeric(data) : 0;
  if (amount === undefined) return 'wrong-data';
  const after = amountRules[tag]?.(amount, input) ?? state;
  if (typeof after === 'string' || LIVING.includes(tag)) return after;
  return { ...after, changedData: { ...after.changedData, [tag]: toHex(data) } };
}

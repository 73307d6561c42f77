import { encodeResponse } from '../../../emv/apdu/index.js';
import { concat, decodeBinary } from '../../../emv/bytes.js';
import { SeededStream } from '../../numbers/seeded-stream.js';
import type { Fault } from './fault.js';
import effects from './status-effects.json' with { type: 'json' };

const NO_DATA = new Uint8Array(0);
const STATUS_LENGTH = 2;
/** Of an answer without data. */
const GARBAGE_LENGTH = 8;
const CHANCE_LENGTH = 4;

/**
 * What a card does that answers a status word: warnings come with the data, 65xx has changed the memory, and of what
 * any other error refuses nothing is done (ISO/IEC 7816-4 §5.1.3, table 5).
 */
export function effectOf(statusWord: number): { readonly runs: boolean; readonly givesData: boolean } {
  const hex = statusWord.toString(16).toUpperCase();
  return effects.find(({ statusWords }) => new RegExp(`^${statusWords}$`).test(hex))!;
}

/** The answer as a fault leaves it; `number`, the command's, makes each a chance of its own. */
export function alterAnswer(answer: Uint8Array, fault: Fault, number: number): Uint8Array {
  switch (fault.kind) {
    case 'flip':
      return flip(answer, 'bit' in fault ? fault.bit : bitByChance(answer, chanceOf(fault, number)));
    case 'garbage':
      return garble(answer, chanceOf(fault, number));
    case 'status':
      return encodeResponse(dataWith(fault.statusWord, answer), fault.statusWord);
    default:
      return answer;
  }
}

/** A bit behind the end is none that could come wrong. */
function flip(answer: Uint8Array, bit: number): Uint8Array {
  const index = Math.floor((bit - 1) / 8);
  if (index >= answer.length) return answer;
  const flipped = answer.slice();
  flipped[index]! ^= 0x80 >> ((bit - 1) % 8);
  return flipped;
}

const bitByChance = (answer: Uint8Array, chance: SeededStream): number =>
  1 + (decodeBinary(chance.next(CHANCE_LENGTH)) % (answer.length * 8));

function garble(answer: Uint8Array, chance: SeededStream): Uint8Array {
  const length = answer.length - STATUS_LENGTH || GARBAGE_LENGTH;
  return concat(chance.next(length), answer.subarray(-STATUS_LENGTH));
}

const dataWith = (statusWord: number, answer: Uint8Array): Uint8Array =>
  effectOf(statusWord).givesData ? answer.subarray(0, -STATUS_LENGTH) : NO_DATA;

const chanceOf = ({ seed }: { readonly seed: number }, number: number) =>
  new SeededStream(`yongtap/fault/${seed}/${number}`);

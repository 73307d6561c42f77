import definition from './des-tables.json' with { type: 'json' };

/** The round keys of a DES key: of each round the groups of six bits 1, 3, 5, 7 in one word, 2, 4, 6, 8 in the next. */
export type DesKey = Int32Array;

const ROUNDS = 16;
const HALF_KEY_BITS = 28;
const HALF_KEY_MASK = 0x0fffffff;
/** Key bytes, and groups of the 56 key bits: seven bits each, for the eighth of a byte is its parity. */
const GROUPS = 8;
const GROUP_BITS = 7;
/** Where the groups of six bits lie in a word of round keys, and of the half block that is rotated to meet them. */
const GROUP_SHIFTS = [26, 18, 10, 2] as const;

/** Room for a key. */
export const emptyDesKey = (): DesKey => new Int32Array(2 * ROUNDS);

interface Tables {
  /** What a group of six bits becomes by its box and the permutation: boxes 1 to 8, 64 words each. */
  readonly boxes: Int32Array;
  /** What seven bits of a key byte are of both halves of the key, two words each. */
  readonly choice1: Int32Array;
  /** What seven bits of both halves are of a round's key, two words each. */
  readonly choice2: Int32Array;
}

let made: Tables | undefined;
const tables = (): Tables => {
  made ??= { boxes: makeBoxes(), choice1: makeChoice1(), choice2: makeChoice2() };
  return made;
};

function makeBoxes(): Int32Array {
  const boxes = new Int32Array(8 * 64);
  for (const [box, digits] of definition.substitution.entries()) {
    for (let input = 0; input < 64; input++) {
      const row = ((input >> 4) & 2) | (input & 1);
      const output = Number.parseInt(digits[row * 16 + ((input >> 1) & 0x0f)]!, 16);
      const placed = output << (28 - 4 * box);
      for (const [position, bit] of definition.permutation.entries()) {
        if (((placed >>> (32 - bit)) & 1) === 1) boxes[box * 64 + input]! |= 1 << (31 - position);
      }
    }
  }
  return boxes;
}

/** For each seven bits of a group two words; `place` says where one of its bits goes, by its number from 1 on. */
function makeChoice(place: (bit: number) => readonly [word: number, shift: number] | undefined, bitsApart: number) {
  const words = new Int32Array(GROUPS * 128 * 2);
  for (let group = 0; group < GROUPS; group++) {
    for (let index = 0; index < GROUP_BITS; index++) {
      const placed = place(group * bitsApart + index + 1);
      if (placed === undefined) continue;
      const mask = 1 << (GROUP_BITS - 1 - index);
      for (let value = 0; value < 128; value++) {
        if ((value & mask) !== 0) words[2 * (group * 128 + value) + placed[0]]! |= 1 << placed[1];
      }
    }
  }
  return words;
}

const makeChoice1 = (): Int32Array =>
  makeChoice((bit) => {
    const position = definition.permutedChoice1.indexOf(bit);
    return [position < HALF_KEY_BITS ? 0 : 1, HALF_KEY_BITS - 1 - (position % HALF_KEY_BITS)];
  }, 8);

const makeChoice2 = (): Int32Array =>
  makeChoice((bit) => {
    const position = definition.permutedChoice2.indexOf(bit);
    if (position < 0) return undefined;
    const group = Math.floor(position / 6);
    return [group % 2, GROUP_SHIFTS[group >> 1]! + 5 - (position % 6)];
  }, 7);

/**
 * Makes ready the DES key in eight bytes of `key`; parity bits do not count (FIPS PUB 46-3). `rounds` takes the place of
 * another key that is no longer needed: for one that is used once, finding memory costs as much as the key.
 */
export function desKey(key: Uint8Array, offset: number, rounds = emptyDesKey()): DesKey {
  const { choice1, choice2 } = tables();
  let [left, right] = [0, 0];
  for (let group = 0; group < GROUPS; group++) {
    const entry = 2 * (group * 128 + (key[offset + group]! >> 1));
    left |= choice1[entry]!;
    right |= choice1[entry + 1]!;
  }
  const { shifts } = definition;
  for (let round = 0; round < ROUNDS; round++) {
    const shift = shifts[round]!;
    left = ((left << shift) | (left >>> (HALF_KEY_BITS - shift))) & HALF_KEY_MASK;
    right = ((right << shift) | (right >>> (HALF_KEY_BITS - shift))) & HALF_KEY_MASK;
    let [odd, even] = [0, 0];
    for (let group = 0; group < GROUPS / 2; group++) {
      const shifted = HALF_KEY_BITS - GROUP_BITS * (group + 1);
      const ofLeft = 2 * (group * 128 + ((left >>> shifted) & 0x7f));
      const ofRight = 2 * ((group + GROUPS / 2) * 128 + ((right >>> shifted) & 0x7f));
      odd |= choice2[ofLeft]! | choice2[ofRight]!;
      even |= choice2[ofLeft + 1]! | choice2[ofRight + 1]!;
    }
    rounds[2 * round] = odd;
    rounds[2 * round + 1] = even;
  }
  return rounds;
}

/** A block of eight bytes between its initial and its final permutation, as two halves. */
export class DesBlock {
  #left = 0;
  #right = 0;

  /** Adds the eight bytes at an offset to the block, bit by bit: at the beginning, and where blocks are chained. */
  add(bytes: Uint8Array, offset: number): void {
    let left = wordAt(bytes, offset);
    let right = wordAt(bytes, offset + 4);
    let moved = ((left >>> 4) ^ right) & 0x0f0f0f0f;
    right ^= moved;
    left ^= moved << 4;
    moved = ((left >>> 16) ^ right) & 0x0000ffff;
    right ^= moved;
    left ^= moved << 16;
    moved = ((right >>> 2) ^ left) & 0x33333333;
    left ^= moved;
    right ^= moved << 2;
    moved = ((right >>> 8) ^ left) & 0x00ff00ff;
    left ^= moved;
    right ^= moved << 8;
    moved = ((left >>> 1) ^ right) & 0x55555555;
    right ^= moved;
    left ^= moved << 1;
    this.#left ^= left;
    this.#right ^= right;
  }

  /** Puts the block's eight bytes at an offset, and empties it. */
  take(bytes: Uint8Array, offset: number): void {
    let left = this.#left;
    let right = this.#right;
    let moved = ((left >>> 1) ^ right) & 0x55555555;
    right ^= moved;
    left ^= moved << 1;
    moved = ((right >>> 8) ^ left) & 0x00ff00ff;
    left ^= moved;
    right ^= moved << 8;
    moved = ((right >>> 2) ^ left) & 0x33333333;
    left ^= moved;
    right ^= moved << 2;
    moved = ((left >>> 16) ^ right) & 0x0000ffff;
    right ^= moved;
    left ^= moved << 16;
    moved = ((left >>> 4) ^ right) & 0x0f0f0f0f;
    right ^= moved;
    left ^= moved << 4;
    putWord(bytes, offset, left);
    putWord(bytes, offset + 4, right);
    this.#left = 0;
    this.#right = 0;
  }

  encrypt(key: DesKey): void {
    this.#run(key, 0, 2);
  }

  decrypt(key: DesKey): void {
    this.#run(key, 2 * (ROUNDS - 1), -2);
  }

  #run(key: DesKey, first: number, step: number): void {
    const { boxes } = tables();
    let left = this.#left;
    let right = this.#right;
    for (let round = 0, at = first; round < ROUNDS; round++, at += step) {
      const odd = ((right >>> 1) | (right << 31)) ^ key[at]!;
      const even = ((right << 3) | (right >>> 29)) ^ key[at + 1]!;
      const mixed =
        boxes[(odd >>> 26) & 0x3f]! ^
        boxes[0x40 | ((even >>> 26) & 0x3f)]! ^
        boxes[0x80 | ((odd >>> 18) & 0x3f)]! ^
        boxes[0xc0 | ((even >>> 18) & 0x3f)]! ^
        boxes[0x100 | ((odd >>> 10) & 0x3f)]! ^
        boxes[0x140 | ((even >>> 10) & 0x3f)]! ^
        boxes[0x180 | ((odd >>> 2) & 0x3f)]! ^
        boxes[0x1c0 | ((even >>> 2) & 0x3f)]!;
      const former = right;
      right = left ^ mixed;
      left = former;
    }
    this.#left = right;
    this.#right = left;
  }
}

const wordAt = (bytes: Uint8Array, offset: number): number =>
  (bytes[offset]! << 24) | (bytes[offset + 1]! << 16) | (bytes[offset + 2]! << 8) | bytes[offset + 3]!;

function putWord(bytes: Uint8Array, offset: number, word: number): void {
  bytes[offset] = word >>> 24;
  bytes[offset + 1] = word >>> 16;
  bytes[offset + 2] = word >>> 8;
  bytes[offset + 3] = word;
}

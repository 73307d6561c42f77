import { concat } from '../../emv/bytes.js';
import type { InProcessCard } from '../../src/readers/index.js';

const OK = Uint8Array.of(0x90, 0x00);
const MEMORY = Uint8Array.from({ length: 600 }, (_, index) => index & 0xff);

/** What {@link ScriptCard} understands, so that a test reads as a conversation. */
export const commands = {
  /** Answers its own data. */
  echo: (...data: number[]) => Uint8Array.of(0x80, 0x10, 0x00, 0x00, data.length, ...data, 0x00),
  /** Answers its own data, in extended length: 60,000 bytes each way. */
  extended: Uint8Array.of(0x80, 0x12, 0x00, 0x00, 0x00, 0xea, 0x60, ...new Uint8Array(60_000).fill(0x5a), 0x00, 0x00),
  /** Answers how often it was asked since power came on. */
  count: Uint8Array.of(0x80, 0x20, 0x00, 0x00, 0x00),
  /** Answers 256 bytes. */
  longest: Uint8Array.of(0x80, 0x30, 0x00, 0x00, 0x00),
  /** Answers 600 bytes in the manner of T=0: 6100, 6100, 6158. */
  announced: Uint8Array.of(0x80, 0x40, 0x00, 0x00),
  /** Has 16 bytes and says so: 6C10. */
  wrongLength: Uint8Array.of(0x80, 0x42, 0x00, 0x00, 0x00),
  /** Answers one byte, which is no status word. */
  stump: Uint8Array.of(0x80, 0x44, 0x00, 0x00, 0x00),
} as const;

/** A card made for tests of channels; it has a volatile counter, so that a reset can be seen. */
export class ScriptCard implements InProcessCard {
  #counter = 0;
  #announced = 0;
  powered = false;

  constructor(private readonly answerToReset: Uint8Array | undefined = Uint8Array.of(0x3b, 0x80, 0x80, 0x01, 0x01)) {}

  powerOn(): Uint8Array | undefined {
    this.powered = true;
    this.#counter = 0;
    this.#announced = 0;
    return this.answerToReset;
  }

  powerOff(): void {
    this.powered = false;
  }

  transmit(command: Uint8Array): Uint8Array | Promise<Uint8Array> {
    switch (command[1]) {
      case 0x10:
        return concat(command.subarray(5, 5 + command[4]!), OK);
      case 0x12:
        return concat(command.subarray(7, 7 + ((command[5]! << 8) | command[6]!)), OK);
      case 0x20:
        return Uint8Array.of(++this.#counter, ...OK);
      case 0x30:
        return concat(MEMORY.subarray(0, 256), OK);
      case 0x40:
        this.#announced = MEMORY.length;
        return Uint8Array.of(0x61, 0x00);
      case 0x42:
        return command[4] === 16 ? concat(MEMORY.subarray(0, 16), OK) : Uint8Array.of(0x6c, 0x10);
      case 0x44:
        return Uint8Array.of(0x90);
      case 0xc0:
        return this.#nextPart(command[4] || 256);
      default:
        return Uint8Array.of(0x6d, 0x00);
    }
  }

  #nextPart(length: number): Uint8Array {
    if (length > this.#announced) return Uint8Array.of(0x6c, this.#announced);
    const start = MEMORY.length - this.#announced;
    this.#announced -= length;
    const statusWord = this.#announced === 0 ? OK : Uint8Array.of(0x61, this.#announced > 255 ? 0 : this.#announced);
    return concat(MEMORY.subarray(start, start + length), statusWord);
  }
}

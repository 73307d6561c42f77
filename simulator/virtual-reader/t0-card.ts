import { concat } from '../../emv/bytes.js';
import type { TornAnswer } from '../card/index.js';
import type { PresentableCard } from './present-card.js';

const HEADER_LENGTH = 4;
const GET_RESPONSE = 0xc0;
const PART_LENGTH_MAX = 256;

const wrongLength = Uint8Array.of(0x67, 0x00);
const nothingToGet = Uint8Array.of(0x69, 0x85);

/** An answer of which the terminal has not asked for all yet. */
interface Kept {
  readonly data: Uint8Array;
  readonly statusWord: Uint8Array;
}

/**
 * A card that speaks T=0 (ISO/IEC 7816-3 §12, EMV 4.3 Book 1 §9.2.2 and annex A), of one that answers whole commands:
 * it takes either data or a length, answers a wrong length with 6Cxx and data that it was not asked for with 61xx, and
 * gives them to GET RESPONSE. A warning hides the data in the same way. Each command is carried out once, however often
 * the terminal has to ask for the answer. Reader and card are one here: an Le behind data is left out, as readers do.
 */
export function speakingT0(card: PresentableCard): PresentableCard {
  return new T0Card(card);
}

class T0Card implements PresentableCard {
  #kept: Kept | undefined;
  /** The header of a command that was carried out, and whose answer waits for its length. */
  #asked: string | undefined;

  constructor(private readonly card: PresentableCard) {}

  powerOn(...by: Parameters<PresentableCard['powerOn']>): Uint8Array | undefined {
    this.#forget();
    return this.card.powerOn(...by);
  }

  powerOff(): void {
    this.#forget();
    this.card.powerOff();
  }

  async transmit(command: Uint8Array): Promise<Uint8Array | TornAnswer> {
    const header = command.subarray(0, HEADER_LENGTH);
    const length = command[HEADER_LENGTH] ?? 0;
    if (command.length > HEADER_LENGTH + 1) return this.#withData(command, length);
    if (header[1] === GET_RESPONSE) return this.#getResponse(length || PART_LENGTH_MAX);
    const name = header.join();
    if (this.#kept === undefined || this.#asked !== name) {
      this.#forget();
      const answer = await this.#carryOut(concat(header, Uint8Array.of(0)));
      if ('received' in answer) return answer;
      if (answer.data.length === 0) return answer.statusWord;
      this.#kept = answer;
      this.#asked = name;
    }
    const { data, statusWord } = this.#kept;
    if ((length || PART_LENGTH_MAX) !== data.length) return Uint8Array.of(0x6c, data.length);
    this.#forget();
    return concat(data, statusWord);
  }

  async #withData(command: Uint8Array, length: number): Promise<Uint8Array | TornAnswer> {
    this.#forget();
    const end = HEADER_LENGTH + 1 + length;
    if (length === 0 || command.length < end || command.length > end + 1) return wrongLength;
    const answer = await this.#carryOut(concat(command.subarray(0, end), Uint8Array.of(0)));
    if ('received' in answer) return answer;
    const { data, statusWord } = answer;
    if (data.length === 0) return statusWord;
    if (statusWord[0] !== 0x90 || statusWord[1] !== 0x00) {
      this.#kept = { data, statusWord: Uint8Array.of(0x90, 0x00) };
      return statusWord;
    }
    this.#kept = { data, statusWord };
    return more(data);
  }

  #getResponse(length: number): Uint8Array {
    if (this.#kept === undefined || this.#asked !== undefined) return nothingToGet;
    const { data, statusWord } = this.#kept;
    if (length > data.length) return Uint8Array.of(0x6c, data.length);
    const rest = data.subarray(length);
    this.#kept = rest.length === 0 ? undefined : { data: rest, statusWord };
    return concat(data.subarray(0, length), rest.length === 0 ? statusWord : more(rest));
  }

  async #carryOut(command: Uint8Array): Promise<Kept | TornAnswer> {
    const response = await this.card.transmit(command);
    if (!(response instanceof Uint8Array)) return response;
    return { data: response.subarray(0, -2), statusWord: response.subarray(-2) };
  }

  #forget(): void {
    this.#kept = undefined;
    this.#asked = undefined;
  }
}

/** 61xx; 6100 where there are 256 bytes and more. */
const more = (data: Uint8Array): Uint8Array => Uint8Array.of(0x61, data.length > 0xff ? 0 : data.length);

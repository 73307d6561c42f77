import { encodeCommand, getResponse } from '../../../emv/apdu/index.js';
import { concat } from '../../../emv/bytes.js';
import { answerOf, type CardChannel, ChannelError, type TransportProtocol } from '../card-channel.js';
import { isExtended } from './is-extended.js';

/** GET RESPONSE commands for one answer: 65,536 bytes, the most that any answer holds. */
const GET_RESPONSES_MAX = 256;
const HEADER_LENGTH = 4;

/**
 * Answers the status words by which a card of protocol T=0 asks its terminal for another command: 61xx with
 * GET RESPONSE, whose data are joined, and 6Cxx with the same command and the right Le (EMV 4.3 Book 1 §9.3.1.2,
 * annex A). Readers and bindings hand both through unchanged; a contactless card may use them as well. A card that
 * answers 61xx without end is a `communication-error`; a second 6Cxx to the corrected command is the answer.
 *
 * Where the channel says that it speaks T=0, a command with data and Le goes without its Le, which T=0 has no place for;
 * a warning to such a command is followed by GET RESPONSE, since it hides the data (an application that is blocked:
 * 6283). A command of extended length is refused with `extended-length-unsupported` before anything is sent.
 */
export function withTransportRules(channel: CardChannel): CardChannel {
  return new TransportRules(channel);
}

class TransportRules implements CardChannel {
  constructor(private readonly inner: CardChannel) {}

  get name(): string {
    return this.inner.name;
  }

  get answerToReset(): Uint8Array | undefined {
    return this.inner.answerToReset;
  }

  get protocol(): TransportProtocol | undefined {
    return this.inner.protocol;
  }

  async transmit(command: Uint8Array): Promise<Uint8Array> {
    if (this.protocol !== 'T=0') return this.#collect(await this.#withRightLength(command));
    if (isExtended(command)) {
      const message = `${this.name} speaks T=0, whose commands carry 255 bytes at most`;
      throw new ChannelError('extended-length-unsupported', message);
    }
    const withoutLe = withoutExpectedLength(command);
    const response = await this.#withRightLength(withoutLe);
    if (withoutLe !== command && isWarning(response)) return this.#behindWarning(response);
    return this.#collect(response);
  }

  transmitAtOnce(command: Uint8Array): Uint8Array | Promise<Uint8Array> {
    if (this.protocol === 'T=0') return this.transmit(command);
    const answer = answerOf(this.inner, command);
    return answer instanceof Uint8Array
      ? this.#goOn(command, answer)
      : answer.then((response) => this.#goOn(command, response));
  }

  #goOn(command: Uint8Array, response: Uint8Array): Uint8Array | Promise<Uint8Array> {
    return asksForAnother(response) ? this.#collectFrom(command, response) : response;
  }

  async #collectFrom(command: Uint8Array, response: Uint8Array): Promise<Uint8Array> {
    return this.#collect(await this.#withRightLength(command, response));
  }

  reset(): Promise<void> {
    return this.inner.reset();
  }

  close(): Promise<void> {
    return this.inner.close();
  }

  async #collect(first: Uint8Array): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    let response = first;
    for (let asked = 0; firstStatusByte(response) === 0x61; asked++) {
      if (asked === GET_RESPONSES_MAX) {
        throw new ChannelError('communication-error', `the card still has more to say after ${asked} GET RESPONSEs`);
      }
      parts.push(response.subarray(0, -2));
      response = await this.#withRightLength(encodeCommand(getResponse(response.at(-1)!)));
    }
    return parts.length === 0 ? response : concat(...parts, response);
  }

  /** The data that the card has beside its warning, with the warning; the warning alone where it has none. */
  async #behindWarning(warning: Uint8Array): Promise<Uint8Array> {
    const response = await this.#collect(await this.#withRightLength(encodeCommand(getResponse(0))));
    return isDone(response) ? concat(response.subarray(0, -2), warning) : warning;
  }

  async #withRightLength(command: Uint8Array, answer?: Uint8Array): Promise<Uint8Array> {
    const response = answer ?? (await this.inner.transmit(command));
    if (firstStatusByte(response) !== 0x6c) return response;
    const corrected = withExpectedLength(command, response.at(-1)!);
    return corrected ? this.inner.transmit(corrected) : response;
  }
}

const firstStatusByte = (response: Uint8Array): number | undefined => response[response.length - 2];

function asksForAnother(response: Uint8Array): boolean {
  const first = firstStatusByte(response);
  return first === 0x61 || first === 0x6c;
}
const isDone = (response: Uint8Array) => firstStatusByte(response) === 0x90 && response.at(-1) === 0x00;

/** 62xx, 63xx, and 9xxx but 9000: the command was carried out, and there may be data. */
function isWarning(response: Uint8Array): boolean {
  const first = firstStatusByte(response)!;
  return response.length === 2 && (first === 0x62 || first === 0x63 || (first >> 4 === 9 && !isDone(response)));
}

/** A command with data and Le without its Le; any other as it is. */
function withoutExpectedLength(command: Uint8Array): Uint8Array {
  const dataEnd = HEADER_LENGTH + 1 + (command[HEADER_LENGTH] ?? 0);
  return command.length > HEADER_LENGTH + 1 && command.length === dataEnd + 1 ? command.subarray(0, dataEnd) : command;
}

/** The command with its Le replaced or appended; `undefined` for extended lengths, which T=0 does not know. */
function withExpectedLength(command: Uint8Array, le: number): Uint8Array | undefined {
  if (command.length <= HEADER_LENGTH + 1) return concat(command.subarray(0, HEADER_LENGTH), Uint8Array.of(le));
  const dataEnd = HEADER_LENGTH + 1 + command[HEADER_LENGTH]!;
  if (isExtended(command) || command.length > dataEnd + 1) return undefined;
  return concat(command.subarray(0, dataEnd), Uint8Array.of(le));
}

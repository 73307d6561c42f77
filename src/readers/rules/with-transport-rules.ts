import { encodeCommand, getResponse } from '../../../emv/apdu/index.js';
import { concat } from '../../../emv/bytes.js';
import { type CardChannel, ChannelError } from '../card-channel.js';

/** GET RESPONSE commands for one answer; 32 times 256 bytes is far beyond any EMV answer. */
const GET_RESPONSES_MAX = 32;

/**
 * Answers the status words by which a card of protocol T=0 asks its terminal for another command: 61xx with
 * GET RESPONSE, whose data are joined, and 6Cxx with the same command and the right Le (EMV 4.3 Book 1 §9.3.1.2,
 * annex A). Readers and bindings hand both through unchanged. A card that answers 61xx without end is a
 * `communication-error`; a second 6Cxx to the corrected command is the answer.
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

  async transmit(command: Uint8Array): Promise<Uint8Array> {
    let response = await this.#withRightLength(command);
    const parts: Uint8Array[] = [];
    for (let asked = 0; firstStatusByte(response) === 0x61; asked++) {
      if (asked === GET_RESPONSES_MAX) {
        throw new ChannelError('communication-error', `the card still has more to say after ${asked} GET RESPONSEs`);
      }
      parts.push(response.subarray(0, -2));
      response = await this.#withRightLength(encodeCommand(getResponse(response.at(-1)!)));
    }
    return parts.length === 0 ? response : concat(...parts, response);
  }

  reset(): Promise<void> {
    return this.inner.reset();
  }

  close(): Promise<void> {
    return this.inner.close();
  }

  async #withRightLength(command: Uint8Array): Promise<Uint8Array> {
    const response = await this.inner.transmit(command);
    if (firstStatusByte(response) !== 0x6c) return response;
    const corrected = withExpectedLength(command, response.at(-1)!);
    return corrected ? this.inner.transmit(corrected) : response;
  }
}

const firstStatusByte = (response: Uint8Array) => response.at(-2);

/** The command with its Le replaced or appended; `undefined` for extended lengths, which T=0 does not know. */
function withExpectedLength(command: Uint8Array, le: number): Uint8Array | undefined {
  if (command.length <= 5) return concat(command.subarray(0, 4), Uint8Array.of(le));
  const dataEnd = 5 + command[4]!;
  if (command[4] === 0 || command.length > dataEnd + 1) return undefined;
  return concat(command.subarray(0, dataEnd), Uint8Array.of(le));
}

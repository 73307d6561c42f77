import {
  type CardAnswer,
  type ContactExchange,
  type ContactOutcome,
  instructions,
  type PortAnswer,
  type PortRequest,
  toHex,
} from '../../../../../../emv/index.js';
import type { ContactInput } from './contact-input.js';
import type { RecordedCommand } from './recorded-commands.js';
import { recordedPins, unseenPin } from './recorded-holder.js';
import { recordedIssuer } from './recorded-issuer.js';
import { recordedChoices, recordedResults } from './recorded-terminal.js';

const TC = 0x40;
const LISTED = 0x10;
const VERIFICATION_FAILED = 0x80;

/** The terminal around the kernel: what the vector says, else what the transcript shows. */
export function* answerPorts(
  kernel: ContactExchange<ContactOutcome>,
  input: ContactInput,
  commands: readonly RecordedCommand[],
): Generator<{ readonly command: Uint8Array }, ContactOutcome, CardAnswer> {
  const around = new RecordedSurroundings(input, commands);
  let step = kernel.next();
  while (!step.done) {
    const request = step.value;
    step = kernel.next(request.kind === 'command' ? yield request : around.answer(request));
  }
  return step.value;
}

class RecordedSurroundings {
  readonly #pins: string[];
  readonly #choices: string[];
  readonly #results: Uint8Array;

  constructor(
    private readonly input: ContactInput,
    private readonly commands: readonly RecordedCommand[],
  ) {
    this.#pins = recordedPins(commands);
    this.#choices = recordedChoices(commands);
    this.#results = recordedResults(commands);
  }

  answer(request: PortRequest): PortAnswer {
    const { kind } = request;
    switch (kind) {
      case 'choose-application':
        return { kind, index: this.#choose(request) };
      case 'confirm-application':
        return { kind, confirmed: true };
      case 'enter-pin':
        return this.#enterPin(request);
      case 'compare-certificate':
        return { kind, agrees: (this.#results[2]! & VERIFICATION_FAILED) === 0 };
      case 'look-up-exception-file':
        return { kind, listed: this.#isListed(request.pan) };
      case 'sum-transaction-log':
        return { kind, amount: this.input.loggedAmount ?? 0 };
      case 'authorize-online':
        return this.#authorize();
      case 'refer-to-issuer': {
        const second = this.commands.filter(({ ins }) => ins === instructions.generateCryptogram)[1];
        return { kind, approved: second !== undefined && (second.p1 & TC) !== 0 };
      }
    }
  }

  #choose({ candidates }: PortRequest<'choose-application'>): number {
    const wanted = this.input.choice?.toUpperCase() ?? this.#choices.shift();
    const index = candidates.findIndex(({ applicationIdentifier }) => toHex(applicationIdentifier) === wanted);
    return Math.max(0, index);
  }

  #enterPin({ purpose }: PortRequest<'enter-pin'>): PortAnswer<'enter-pin'> {
    const { pin = purpose === 'offline' ? this.#pins.shift() : undefined } = this.input;
    if (pin === 'bypass') return { kind: 'enter-pin', result: 'bypassed' };
    return pin === undefined ? unseenPin(this.#results, purpose) : { kind: 'enter-pin', result: 'entered', pin };
  }

  #isListed(pan: string): boolean {
    return this.input.exceptionFile?.includes(pan) ?? (this.#results[0]! & LISTED) !== 0;
  }

  #authorize(): PortAnswer<'authorize-online'> {
    const { issuer } = this.input;
    const kind = 'authorize-online';
    if (issuer === undefined) return recordedIssuer(this.commands);
    return typeof issuer === 'string' ? { kind, result: issuer } : { kind, result: 'answered', ...issuer };
  }
}

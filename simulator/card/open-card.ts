import { type Command, decodeCommand, type Response } from '../../emv/apdu/index.js';
import { encodeAnswer, refuse } from './answer.js';
import { CardError } from './card-error.js';
import { type CardFile, cardFileSchema } from './card-file.js';
import { type CardMemory, CardSession, MemoryFailure } from './card-session.js';
import { getData } from './commands/get-data.js';
import { getProcessingOptions } from './commands/get-processing-options.js';
import { readRecord } from './commands/read-record.js';
import { select } from './commands/select.js';
import { SigningKey } from './cryptography/signing-key.js';
import { type CardInspection, inspectCard } from './inspect-card.js';

/** A card that lives in this process. It answers every command, and never throws for one. */
export interface SoftwareCard {
  /** The answer to reset. A contactless card gives what a PC/SC reader makes up for one (PC/SC part 3 §3.1.3.2.3). */
  powerOn(): Uint8Array;
  /** A tear at this moment: whatever was not kept has never been. */
  powerOff(): void;
  /** One command APDU in, one response APDU out. Throws {@link CardError} `card-not-powered`, and nothing else. */
  transmit(command: Uint8Array): Uint8Array;
  inspect(): CardInspection;
}

export type OpenCardOptions = CardMemory;

const CONTACTLESS_ANSWER_TO_RESET = Uint8Array.of(0x3b, 0x80, 0x80, 0x01, 0x01);
/** The basic answer to reset of a T=1 card without historical bytes (EMV 4.3 Book 1 §8.2). */
const CONTACT_ANSWER_TO_RESET = Uint8Array.of(0x3b, 0xe0, 0x00, 0x00, 0x81, 0x31, 0xfe, 0x45, 0xeb);

const commands: ReadonlyMap<number, { cla: number; run: (session: CardSession, command: Command) => Response }> =
  new Map([
    [0xa4, { cla: 0x00, run: select }],
    [0xa8, { cla: 0x80, run: getProcessingOptions }],
    [0xb2, { cla: 0x00, run: readRecord }],
    [0xca, { cla: 0x80, run: getData }],
  ]);

/**
 * Opens a card as `issueCard` made it. `save` is called with each new state before the card answers the command that
 * caused it. Throws {@link CardError} `card-file-invalid`, naming the field.
 */
export function openCard(cardFile: CardFile, options: OpenCardOptions): SoftwareCard {
  const file = parseCardFile(cardFile);
  const session = new CardSession(file, signingKeyOf(file), options);
  return new OpenCard(session);
}

/** Throws {@link CardError} `card-file-invalid`. */
export function parseCardFile(value: unknown): CardFile {
  const parsed = cardFileSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  throw new CardError('card-file-invalid', `not a card file: ${issue.path.join('.') || 'the whole'}: ${issue.message}`);
}

function signingKeyOf({ privateKey }: CardFile): SigningKey | undefined {
  try {
    return privateKey === undefined ? undefined : new SigningKey(privateKey);
  } catch (error) {
    throw new CardError('card-file-invalid', 'not a card file: privateKey: not an RSA key', { cause: error });
  }
}

class OpenCard implements SoftwareCard {
  #powered = false;

  constructor(private readonly session: CardSession) {}

  powerOn(): Uint8Array {
    this.session.restart();
    this.#powered = true;
    return this.session.file.interface === 'contact' ? CONTACT_ANSWER_TO_RESET : CONTACTLESS_ANSWER_TO_RESET;
  }

  powerOff(): void {
    this.#powered = false;
    this.session.stage = { name: 'idle' };
  }

  transmit(bytes: Uint8Array): Uint8Array {
    if (!this.#powered) throw new CardError('card-not-powered', 'a card without power says nothing');
    const command = shortCommand(bytes);
    if (command === undefined) return encodeAnswer(refuse('wrong-length'), undefined);
    return encodeAnswer(this.#answer(command), command.le);
  }

  inspect(): CardInspection {
    return inspectCard(this.session.file, this.session.state);
  }

  #answer(command: Command): Response {
    if (this.session.isBroken) return refuse('no-precise-diagnosis');
    if (command.cla !== 0x00 && command.cla !== 0x80) return refuse('class-not-supported');
    const known = commands.get(command.ins);
    if (known === undefined) return refuse('instruction-not-supported');
    if (command.cla !== known.cla) return refuse('class-not-supported');
    try {
      return known.run(this.session, command);
    } catch (error) {
      if (!(error instanceof MemoryFailure)) throw error;
      this.session.stage = { name: 'idle' };
      return refuse('memory-failure');
    }
  }
}

/** EMV cards know commands of short length only (EMV 4.3 Book 1 §9.4.1). */
function shortCommand(bytes: Uint8Array): Command | undefined {
  try {
    const command = decodeCommand(bytes);
    const extended = bytes.length > 5 && bytes[4] === 0;
    return extended ? undefined : command;
  } catch {
    return undefined;
  }
}

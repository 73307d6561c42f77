import { type Command, decodeCommand, type Response } from '../../emv/apdu/index.js';
import { issueText } from '../../emv/schema-issues.js';
import { encodeAnswer, refuse, type Status } from './answer.js';
import { CardError } from './card-error.js';
import { type CardFile, type CardInterface, cardFileSchema } from './card-file.js';
import { type CardMemory, CardSession, MemoryFailure, type SigningKeys } from './card-session.js';
import { type CardCommand, cardCommands } from './commands/index.js';
import { RsaSigningKey } from './cryptography/rsa-signing-key.js';
import { Sm2SigningKey } from './cryptography/sm2-signing-key.js';
import { type CardInspection, inspectCard } from './inspect-card.js';
import { answerTransport } from './transport/answer-transport.js';

/** A card that lives in this process. It answers every command, and never throws for one. */
export interface SoftwareCard {
  /**
   * The answer to reset. A contactless card gives what a PC/SC reader makes up for one (PC/SC part 3 §3.1.3.2.3). A card
   * with both interfaces is in the field unless it is told to be in a slot. Throws {@link CardError}
   * `card-interface-absent`.
   */
  powerOn(by?: CardInterface): Uint8Array;
  /** A tear at this moment: whatever was not kept has never been. */
  powerOff(): void;
  /** One command APDU in, one response APDU out. Throws {@link CardError} `card-not-powered`, and nothing else. */
  transmit(command: Uint8Array): Uint8Array;
  inspect(): CardInspection;
}

export type OpenCardOptions = CardMemory;

/** PC/SC part 3 §3.1.3.2.3: what a reader gives as answer to reset of a contactless card without historical bytes. */
export const CONTACTLESS_ANSWER_TO_RESET = Uint8Array.of(0x3b, 0x80, 0x80, 0x01, 0x01);
/** The basic answer to reset of a T=1 card without historical bytes (EMV 4.3 Book 1 §8.2). */
const CONTACT_ANSWER_TO_RESET = Uint8Array.of(0x3b, 0xe0, 0x00, 0x00, 0x81, 0x31, 0xfe, 0x45, 0xeb);

const answersToReset: Readonly<Record<CardInterface, Uint8Array>> = {
  contact: CONTACT_ANSWER_TO_RESET,
  contactless: CONTACTLESS_ANSWER_TO_RESET,
};

const commandsByInstruction: ReadonlyMap<number, readonly CardCommand[]> = new Map(
  cardCommands.map(({ ins }) => [ins, cardCommands.filter((command) => command.ins === ins)]),
);
/** Bits of the class byte (ISO/IEC 7816-4 §5.1.1). */
const LOGICAL_CHANNEL = 0x03;
const CLASS_OPTIONS = 0x0f;
const classes: ReadonlySet<number> = new Set(cardCommands.map(({ cla }) => cla));

/**
 * Opens a card as `issueCard` made it. `save` is called with each new state before the card answers the command that
 * caused it. Throws {@link CardError} `card-file-invalid`, naming the field.
 */
export function openCard(cardFile: CardFile, options: OpenCardOptions): SoftwareCard {
  return openParsedCard(parseCardFile(cardFile), options);
}

/** The same for a card that {@link parseCardFile} has looked at. */
export function openParsedCard(file: CardFile, options: OpenCardOptions): SoftwareCard {
  return new OpenCard(new CardSession(file, signingKeysOf(file), options));
}

/** Throws {@link CardError} `card-file-invalid`. */
export function parseCardFile(value: unknown): CardFile {
  const parsed = cardFileSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new CardError('card-file-invalid', `not a card file: ${issueText(value, parsed.error.issues[0]!)}`);
}

function signingKeysOf({ privateKey, sm2PrivateKey }: CardFile): SigningKeys {
  return {
    ...(privateKey && { rsa: readKey('privateKey: not an RSA key', () => new RsaSigningKey(privateKey)) }),
    ...(sm2PrivateKey && { sm2: readKey('sm2PrivateKey: not an SM2 key', () => new Sm2SigningKey(sm2PrivateKey)) }),
  };
}

function readKey<Key>(objection: string, read: () => Key): Key {
  try {
    return read();
  } catch (error) {
    throw new CardError('card-file-invalid', `not a card file: ${objection}`, { cause: error });
  }
}

class OpenCard implements SoftwareCard {
  #powered = false;

  constructor(private readonly session: CardSession) {}

  powerOn(by: CardInterface = defaultInterface(this.session.file)): Uint8Array {
    const { interface: kind } = this.session.file;
    if (kind !== 'dual' && kind !== by) {
      throw new CardError('card-interface-absent', `this card has no ${by} interface, it is ${kind} only`);
    }
    this.session.restart(by);
    this.#powered = true;
    return answersToReset[by];
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
    const ofTransport = answerTransport(this.session, command);
    if (ofTransport !== undefined) return ofTransport;
    const known = knownCommand(command, this.session);
    if (typeof known === 'string') return refuse(known);
    try {
      const response = known.run(this.session, command);
      this.session.previousInstruction = command.ins;
      return response;
    } catch (error) {
      if (!(error instanceof MemoryFailure)) throw error;
      this.session.stage = { name: 'idle' };
      return refuse('memory-failure');
    }
  }
}

/**
 * The command of these class and instruction bytes, as far as the card knows it here: no channel but the basic one, no
 * secure messaging but where a command asks for it (ISO/IEC 7816-4 table 5.6).
 */
function knownCommand({ cla, ins }: Command, { interface: by, stage }: CardSession): CardCommand | Status {
  const ofInstruction = commandsByInstruction.get(ins) ?? [];
  const isHere = ({ interfaces, inDirectory }: CardCommand) =>
    interfaces.includes(by) && (stage.name !== 'directory' || inDirectory === true);
  const known = ofInstruction.find((command) => command.cla === cla && isHere(command));
  if (known !== undefined) return known;
  const here = ofInstruction.filter(isHere);
  const ofBareClass = here.some((command) => command.cla === (cla & ~CLASS_OPTIONS));
  if (ofBareClass && (cla & LOGICAL_CHANNEL) !== 0) return 'logical-channel-not-supported';
  if (ofBareClass) return 'secure-messaging-not-supported';
  return classes.has(cla) && here.length === 0 ? 'instruction-not-supported' : 'class-not-supported';
}

const defaultInterface = ({ interface: kind }: CardFile): CardInterface =>
  kind === 'contact' ? 'contact' : 'contactless';

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

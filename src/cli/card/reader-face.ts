import { createHash } from 'node:crypto';
import { decodeAnswerToReset, toHex } from '../../../emv/index.js';
import {
  answerToResetOf,
  type CardInterface,
  type Front,
  type FrontListener,
  type InterfaceKind,
  isAnswerToSelect,
  PLAIN_ANSWER_TO_SELECT,
  type PresentableCard,
  type PresentOptions,
  type ReaderModelName,
  readerModels,
  speakingT0,
  T0_ANSWER_TO_RESET,
} from '../../../simulator/index.js';
import { readHexIfGiven } from '../cryptogram/read-hex.js';
import { CommandError } from '../exit-codes.js';

/** How a card is to look to those who find it on the virtual reader, as the shell was told. */
export interface ReaderFaceOptions {
  readonly reader?: string;
  readonly readerKind?: ReaderModelName;
  readonly interface?: CardInterface;
  readonly protocol?: 'T=0' | 'T=1';
  readonly atr?: string;
  readonly ats?: string;
  readonly uid?: string;
}

export interface ReaderFace {
  readonly readerName: string;
  /** The card as it speaks over the protocol. */
  readonly wrap: (card: PresentableCard) => PresentableCard;
  readonly presentation: Pick<PresentOptions, 'answerToReset' | 'interface' | 'model'>;
}

const PLAIN_READER_NAME = 'Yongtap virtual reader';
const UID_LENGTHS = [4, 7, 10];
/** NXP, whose number most cards bear. */
const UID_MAKER = 0x04;

/**
 * Reader and card as others see them: the reader's kind and name, the protocol, answer to reset, answer to select and
 * identifier. Throws {@link CommandError} where they do not go together.
 */
export function readerFace(
  path: string,
  kind: InterfaceKind,
  options: ReaderFaceOptions,
  onFront: FrontListener,
): ReaderFace {
  const side = sideOf(kind, options);
  const answerToReset = answerToResetIfGiven(options.atr);
  if (side === 'contact') {
    const isT0 = options.protocol === 'T=0';
    return {
      readerName: options.reader ?? PLAIN_READER_NAME,
      wrap: isT0 ? speakingT0 : (card) => card,
      presentation: { interface: side, answerToReset: answerToReset ?? (isT0 ? T0_ANSWER_TO_RESET : undefined) },
    };
  }
  const ats = answerToSelectIfGiven(options.ats) ?? PLAIN_ANSWER_TO_SELECT;
  const model = readerModels[options.readerKind ?? 'contactless'];
  const ownName = options.readerKind === undefined ? PLAIN_READER_NAME : model.readerName;
  return {
    readerName: options.reader ?? ownName,
    wrap: (card) => card,
    presentation: {
      interface: options.interface,
      answerToReset: answerToReset ?? answerToResetOf(ats),
      model: model.create({ uid: uidIfGiven(options.uid) ?? uidOf(path), ats }, onFront),
    },
  };
}

/** T=0 is spoken over contacts only; identifier, answer to select and these readers are of the field. */
function sideOf(kind: InterfaceKind, options: ReaderFaceOptions): CardInterface {
  const { protocol, readerKind, ats, uid } = options;
  const side = options.interface ?? (kind === 'contact' || protocol === 'T=0' ? 'contact' : 'contactless');
  if (side === 'contactless' && protocol === 'T=0') {
    throw new CommandError('protocol-not-of-interface', 'T=0 is spoken over contacts, never by radio');
  }
  if (side === 'contact' && [readerKind, ats, uid].some((given) => given !== undefined)) {
    const message = '--reader-kind, --ats and --uid are for a card in the field, and this one is in a slot';
    throw new CommandError('option-not-of-interface', message);
  }
  return side;
}

function answerToResetIfGiven(text: string | undefined): Uint8Array | undefined {
  const bytes = readHexIfGiven('--atr', text);
  const { check } = bytes ? decodeAnswerToReset(bytes) : {};
  if (check && check.value !== check.expected) {
    const expected = toHex(Uint8Array.of(check.expected));
    throw new CommandError('atr-check-wrong', `the last byte of --atr has to be ${expected}`);
  }
  return bytes;
}

function answerToSelectIfGiven(text: string | undefined): Uint8Array | undefined {
  const bytes = readHexIfGiven('--ats', text);
  if (bytes === undefined || isAnswerToSelect(bytes)) return bytes;
  throw new CommandError('ats-invalid', `the first byte of --ats is its length, ${bytes.length}`);
}

function uidIfGiven(text: string | undefined): Uint8Array | undefined {
  const bytes = readHexIfGiven('--uid', text);
  if (bytes === undefined || UID_LENGTHS.includes(bytes.length)) return bytes;
  throw new CommandError('uid-invalid', `an identifier has ${UID_LENGTHS.join(', ')} bytes, --uid ${bytes.length}`);
}

/** The same for a file at each of its presentations, another for each other file. */
const uidOf = (path: string): Uint8Array =>
  Uint8Array.of(UID_MAKER, ...createHash('sha256').update(path).digest().subarray(0, 6));

/** What a holder sees and hears, in words. */
export function describeFront({ beeps, green, red }: Front): string {
  const lamps = [...(green ? ['green'] : []), ...(red ? ['red'] : [])].join(' and ') || 'dark';
  return `${lamps}, ${beeps} ${beeps === 1 ? 'beep' : 'beeps'} so far`;
}

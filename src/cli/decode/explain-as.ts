import {
  AnswerToResetError,
  ApduError,
  type ExplainedObject,
  type ExplainOptions,
  explain,
  explainAnswerToReset,
  explainCommand,
  explainDataObjectList,
  explainResponse,
  explainTrack,
  TlvError,
  TrackError,
  toHex,
} from '../../../emv/card-language.js';
import { CommandError } from '../exit-codes.js';
import { pointAt } from './point-at.js';
import type { InputKind } from './recognise.js';

type ByteKind = Exclude<InputKind, 'track'>;

interface ExplainAsOptions extends ExplainOptions {
  /** What asked for a command's data. */
  readonly dataObjectList?: Uint8Array | undefined;
}

const nouns: Readonly<Record<ByteKind, string>> = {
  tlv: 'Neither data objects, nor a response, a command or a data object list. --as tells what the bytes are.',
  response: 'As a response.',
  command: 'As a command.',
  dol: 'As a data object list.',
  atr: 'As an answer to reset.',
};

/** Bytes of a kind, explained; a `CommandError` that points at the byte where they are not of that kind. */
export function explainAs(kind: ByteKind, bytes: Uint8Array, options: ExplainAsOptions): ExplainedObject[] {
  try {
    return read(kind, bytes, options);
  } catch (error) {
    if (!isExpected(error)) throw error;
    const place = pointAt(toHex(bytes), placeOf(error, bytes) * 2, 2, options.showPan ?? false);
    throw new CommandError(error.code, `${error.message}\n${place}`, undefined, nouns[kind]);
  }
}

function read(kind: ByteKind, bytes: Uint8Array, { dataObjectList, ...options }: ExplainAsOptions): ExplainedObject[] {
  switch (kind) {
    case 'tlv':
      return explain(bytes, options);
    case 'response':
      return explainResponse(bytes, options);
    case 'command':
      return explainCommand(bytes, dataObjectList === undefined ? options : { ...options, dataObjectList });
    case 'dol':
      return explainDataObjectList(bytes, options);
    case 'atr':
      return explainAnswerToReset(bytes, options);
  }
}

/** A track as text, explained; a `CommandError` that points at the character where it is none. */
export function explainTrackText(text: string, options: ExplainOptions): ExplainedObject[] {
  try {
    return explainTrack(text, options);
  } catch (error) {
    if (!(error instanceof TrackError)) throw error;
    const place = pointAt(text, error.offset, 1, options.showPan ?? false);
    throw new CommandError(error.code, `${error.message}\n${place}`, undefined, 'As a track.');
  }
}

type ExpectedError = TlvError | ApduError | AnswerToResetError;

const isExpected = (error: unknown): error is ExpectedError =>
  error instanceof TlvError || error instanceof ApduError || error instanceof AnswerToResetError;

/** Lc stands behind the four bytes of the header. */
const LC_OFFSET = 4;

const placeOf = (error: ExpectedError, bytes: Uint8Array): number => {
  if (!(error instanceof ApduError)) return error.offset;
  return error.code === 'command-length-wrong' ? LC_OFFSET : bytes.length;
};

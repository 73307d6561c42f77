import { type ExplainedObject, type ExplainOptions, toAscii, toHex } from '../../../emv/card-language.js';
import { CommandError } from '../exit-codes.js';
import { explainAs, explainTrackText } from './explain-as.js';
import type { ReadLog } from './logs/index.js';
import { parseBytes } from './parse-bytes.js';
import type { DecodeInput } from './read-input.js';
import { type InputKind, looksLikeTrack, recognise } from './recognise.js';

export interface DecodeOptions extends ExplainOptions {
  /** What the input is; without it, it is found out. */
  readonly as?: InputKind | 'session' | undefined;
  /** What asked for a command's data. */
  readonly dataObjectList?: Uint8Array | undefined;
}

/** A tree, with the bytes that it was made from, or the conversations of a log. */
export type Decoded =
  | { readonly objects: readonly ExplainedObject[]; readonly kind: InputKind; readonly bytes?: Uint8Array }
  | { readonly log: ReadLog };

/** Finds out what the input is, and reads it. Throws `CommandError`. */
export async function decodeInput(input: DecodeInput, options: DecodeOptions): Promise<Decoded> {
  const showPan = options.showPan ?? false;
  if ('text' in input && (options.as === undefined || options.as === 'session') && couldBeLog(input.text)) {
    const { readLog } = await import('./logs/index.js');
    const log = readLog(input.text, showPan);
    if (log !== undefined) return { log };
  }
  if (options.as === 'session') throw noLog();
  if ('text' in input && isTrackText(input.text, options)) {
    return { kind: 'track', objects: explainTrackText(input.text.trim(), options) };
  }
  const bytes = 'text' in input ? parseBytes(input.text, showPan) : input.bytes;
  const kind = options.as ?? recognise(bytes);
  if (kind === 'track') return { kind, objects: explainTrackText(trackText(bytes), options) };
  return { kind, bytes, objects: explainAs(kind, bytes, options) };
}

/** One line of hex is none, and most inputs are that: what reads logs need not be loaded for it. */
const couldBeLog = (text: string): boolean => /[^0-9A-Fa-f\s:,;x-]/.test(text) || /\S[^\S\n]*\n\s*\S/.test(text);

/** With a separator that hex has not, or with a digit that hex would lack. */
function isTrackText(text: string, { as }: DecodeOptions): boolean {
  const isNoHex = /[=^%;]/.test(text) || text.trim().length % 2 === 1;
  return isNoHex && (as === 'track' || (as === undefined && looksLikeTrack(text.trim())));
}

/** Packed in hex, or hex of the text. */
const trackText = (bytes: Uint8Array): string => {
  const text = toAscii(bytes);
  return looksLikeTrack(text) ? text : toHex(bytes);
};

const noLog = () =>
  new CommandError(
    'log-unknown',
    'no log of a known format',
    undefined,
    'docs/decode.md lists the formats that are read.',
  );

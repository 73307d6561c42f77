import { ChannelError, type ChannelErrorCode } from '../card-channel.js';
import table from './pcsc-errors.json';

const errors = table as Readonly<Record<string, { readonly text: string; readonly code: ChannelErrorCode }>>;
const byText = new Map(Object.values(errors).map(({ text, code }) => [text, code]));

/**
 * Translates what a binding threw. Neither says the PC/SC number in a field: `nfc-pcsc` has it at the end of the inner
 * error's text (`… (0x80100069)`), `smartcard` has a text of its own for each. What is unknown is a
 * `communication-error` with the binding's words.
 */
export function toChannelError(error: unknown, readerName: string): ChannelError {
  if (error instanceof ChannelError) return error;
  const text = innermostText(error);
  const number = /\(0x0*([0-9a-f]{8})\)$/i.exec(text)?.[1]?.toUpperCase();
  const code = (number === undefined ? byText.get(text) : errors[number]?.code) ?? 'communication-error';
  return new ChannelError(code, `${readerName}: ${text}`, { cause: error });
}

/** `nfc-pcsc` wraps the error that says something into one that does not, as `previous`. */
function innermostText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { previous } = error as { previous?: unknown };
  return previous instanceof Error ? previous.message : error.message;
}

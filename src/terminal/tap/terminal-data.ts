import { encodeNumeric, fromHex } from '../../../emv/bytes.js';
import { onceFor } from '../../../emv/once-for.js';
import type { DataMap } from '../../../emv/tlv/index.js';
import type { TerminalProfile } from '../profiles/index.js';
import type { LocalTime } from './local-time.js';

const AMOUNT_LENGTH = 6;

/** What a terminal says in every transaction; this one's amount, day and time keep their places in it. */
const standingData = onceFor(({ terminal, limits }: TerminalProfile): DataMap => {
  const data = new Map<string, Uint8Array>([
    ['9F66', fromHex(terminal.terminalTransactionQualifiers)],
    ['9F02', new Uint8Array(AMOUNT_LENGTH)],
    ['9F03', new Uint8Array(AMOUNT_LENGTH)],
    ['9F1A', fromHex(terminal.country)],
    ['95', new Uint8Array(5)],
    ['5F2A', fromHex(terminal.currency)],
    ['9A', new Uint8Array(3)],
    ['9F21', new Uint8Array(3)],
    ['9C', fromHex(terminal.transactionType)],
    ['9F35', fromHex(terminal.terminalType)],
    ['9F33', fromHex(terminal.terminalCapabilities)],
    ['9F15', fromHex(terminal.merchantCategoryCode)],
  ]);
  if (terminal.cappIndicator !== undefined) data.set('DF60', fromHex(terminal.cappIndicator));
  const limitTags: [string, number | undefined][] = [
    ['DF19', limits.floorFen],
    ['DF20', limits.transactionFen],
    ['DF21', limits.cardholderVerificationFen],
  ];
  for (const [tag, limit] of limitTags) if (limit !== undefined) data.set(tag, encodeNumeric(limit, AMOUNT_LENGTH));
  return data;
});

/** Three bytes of format n from three pairs of digits, each but the last with a mark behind it. */
const digitPairs = (text: string, start: number): Uint8Array =>
  Uint8Array.of(pairAt(text, start), pairAt(text, start + 3), pairAt(text, start + 6));

const ZERO = '0'.charCodeAt(0);
const pairAt = (text: string, index: number): number =>
  ((text.charCodeAt(index) - ZERO) << 4) | (text.charCodeAt(index + 1) - ZERO);

/** What the terminal says of itself and of this transaction, by tag; the unpredictable number is the kernel's. */
export function terminalData(
  profile: TerminalProfile,
  amountFen: number,
  { date, time }: LocalTime,
): Map<string, Uint8Array> {
  return new Map(standingData(profile))
    .set('9F02', encodeNumeric(amountFen, AMOUNT_LENGTH))
    .set('9A', digitPairs(date, 'YY'.length))
    .set('9F21', digitPairs(time, 0));
}

import { readTerminalTransactionQualifiers } from '../../values/index.js';

/** AIP byte 2 bit 8; reserved in PBOC, where it is 0. */
const RESERVED_PATH = 0x80;

/**
 * Which of its contactless options a terminal goes on with after GET PROCESSING OPTIONS (JR/T 0025.12-2013 6.5.4).
 * With one option it is that one, whatever the card says of itself; with both the cryptogram (9F26) tells.
 */
export function contactlessPath(
  terminalTransactionQualifiers: Uint8Array,
  card: { get(tag: string): Uint8Array | undefined },
): 'qpboc' | 'contactless-debit-credit' {
  const { contactlessDebitCredit, qpboc } = readTerminalTransactionQualifiers(terminalTransactionQualifiers);
  if (!contactlessDebitCredit) return 'qpboc';
  if (!qpboc) return 'contactless-debit-credit';
  const isReserved = ((card.get('82')?.[1] ?? 0) & RESERVED_PATH) !== 0;
  return isReserved || card.get('9F26') !== undefined ? 'qpboc' : 'contactless-debit-credit';
}

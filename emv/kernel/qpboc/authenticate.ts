import { authenticatorOf, type OdaResult, staticDataToAuthenticate } from '../../authentication/index.js';
import { toHex } from '../../bytes.js';
import type { DataMap } from '../../tlv/index.js';
import type { CardData } from '../card-data.js';
import type { FileLocator } from '../read-file-locator.js';
import type { TransactionRecord } from '../transaction-outcome.js';
import { hasExtension } from './preliminary-processing.js';
import type { QpbocTerminal } from './qpboc-terminal.js';

const RID_LENGTH = 5;

/** Fast dynamic data authentication over what was exchanged; `data` holds the terminal's own values. */
export function authenticate(
  terminal: QpbocTerminal,
  applicationIdentifier: Uint8Array,
  data: DataMap,
  fileLocator: FileLocator,
  records: readonly TransactionRecord[],
): OdaResult {
  return authenticatorOf(terminal.caKeys).verifyFdda({
    rid: toHex(applicationIdentifier.subarray(0, RID_LENGTH)),
    date: terminal.date,
    data,
    staticData: staticDataToAuthenticate(fileLocator, records),
    ...(terminal.revoked && { revoked: terminal.revoked }),
  });
}

const EXTENSION_POSITION = 7;

/**
 * With the small-payment extension a card repeats its segment deduction identifier (DF61) in byte 8 of the data that it
 * signs (9F69); a difference means that somebody changed the first one on its way (JR/T 0025.14-2013 5.2.6).
 */
export function segmentIdentifierAgrees(card: CardData, terminalData: DataMap): boolean {
  const announced = card.selection.get('DF61');
  const signed = card.get('9F69');
  if (!hasExtension(terminalData) || announced === undefined || signed === undefined) return true;
  return signed[EXTENSION_POSITION] === announced[0];
}

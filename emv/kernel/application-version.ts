import { equalBytes } from '../bytes.js';
import type { DataMap } from '../tlv/index.js';

/** Whether card (9F08) and terminal (9F09) name two versions; one that names none agrees (EMV 4.3 Book 3 §10.4.1). */
export function versionsDiffer(card: Pick<DataMap, 'get'>, terminal: DataMap): boolean {
  const [ofCard, ofTerminal] = [card.get('9F08'), terminal.get('9F09')];
  return ofCard !== undefined && ofTerminal !== undefined && !equalBytes(ofCard, ofTerminal);
}

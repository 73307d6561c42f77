import { buildScript } from './build-script.js';
import type { ScriptOrder } from './script-order.js';

const KEY = new Uint8Array(16);

/**
 * Throws what would be thrown when the order is put into a script: `IssuerError` for one that no script can carry,
 * `CryptogramError` for a PIN that is none, `HexError`. What a card is told it can be told is known before it comes.
 */
export function checkOrder(order: ScriptOrder): void {
  const keys = { algorithm: '3des', sessionKey: () => KEY, cardEncipherment: KEY } as const;
  buildScript([order], new Uint8Array(4), { keys, atc: new Uint8Array(2), applicationCryptogram: new Uint8Array(8) });
}

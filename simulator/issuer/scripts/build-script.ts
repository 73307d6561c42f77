import { toHex } from '../../../emv/bytes.js';
import { encode } from '../../../emv/tlv/index.js';
import { IssuerError } from '../issuer-error.js';
import { type ScriptContext, scriptCommand } from './script-command.js';
import type { ScriptOrder, SentScript } from './script-order.js';

/** Every terminal takes scripts of 128 bytes in all, with their tags and lengths (EMV 4.3 Book 3 §10.10). */
const SCRIPT_LENGTH_MAX = 128;

export interface BuiltScript {
  /** Template 72: to be run after the second GENERATE AC. */
  readonly template: Uint8Array;
  readonly sent: SentScript;
  /** What no longer fits, for the next transaction. */
  readonly left: readonly ScriptOrder[];
}

/**
 * One issuer script template with as many orders as fit (JR/T 0025.5-2013 17.6: template 72 only; 71 has no use in
 * PBOC). `undefined` without orders. Throws `IssuerError` for a first order that fits no script.
 */
export function buildScript(
  orders: readonly ScriptOrder[],
  identifier: Uint8Array,
  context: ScriptContext,
): BuiltScript | undefined {
  if (orders.length === 0) return undefined;
  const commands = orders.map((order) => scriptCommand(order, context));
  for (let count = orders.length; count > 0; count--) {
    const template = scriptTemplate(identifier, commands.slice(0, count));
    if (template.length > SCRIPT_LENGTH_MAX) continue;
    const sent = { identifier: toHex(identifier), orders: orders.slice(0, count) };
    return { template, sent, left: orders.slice(count) };
  }
  throw new IssuerError('script-too-long', orders[0]!.kind);
}

/** `72 { 9F18, 86 … }`. */
const scriptTemplate = (identifier: Uint8Array, commands: readonly Uint8Array[]): Uint8Array =>
  encode([
    {
      tag: '72',
      children: [{ tag: '9F18', value: identifier }, ...commands.map((value) => ({ tag: '86', value }))],
    },
  ]);

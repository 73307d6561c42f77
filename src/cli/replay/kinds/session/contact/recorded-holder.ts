import { instructions, type PortAnswer, toHex } from '../../../../../../emv/index.js';
import type { RecordedCommand } from './recorded-commands.js';

const PLAINTEXT = 0x80;

/** The PINs that VERIFY carried in the clear, in their order. */
export function recordedPins(commands: readonly RecordedCommand[]): string[] {
  return commands
    .filter(({ ins, p2 }) => ins === instructions.verify && p2 === PLAINTEXT)
    .flatMap(({ data = new Uint8Array(0) }) => /^2([4-9A-C])(\d+)F*$/.exec(toHex(data))?.[2] ?? []);
}

/** What became of a PIN that no VERIFY shows, by the bits of 95. */
export function unseenPin(results: Uint8Array, purpose: 'offline' | 'online'): PortAnswer<'enter-pin'> {
  const bits = results[2]!;
  if ((bits & 0x10) !== 0) return { kind: 'enter-pin', result: 'pad-not-working' };
  const isEntered = purpose === 'online' && (bits & 0x08) === 0;
  return isEntered ? { kind: 'enter-pin', result: 'entered' } : { kind: 'enter-pin', result: 'bypassed' };
}

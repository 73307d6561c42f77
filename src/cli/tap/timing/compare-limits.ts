import type { TapTiming } from './split-time.js';
import limits from './time-limits.json';

/** How long a tap took against how long it may. */
export interface LimitCheck {
  /** `field`: the card and the terminal between them. `gate`: what the holder waits for. */
  readonly limit: keyof typeof limits;
  readonly source?: string;
  readonly limitUs: number;
  readonly tookUs: number;
  readonly isWithin: boolean;
}

/** What a gate is given where nobody said otherwise: the habit of the trade, in milliseconds. */
const GATE_MS = limits.gate.milliseconds;

/**
 * The standard counts the interaction of card and terminal, without the issuer's time and without the terminal's look at
 * signatures and certificates (JR/T 0025.12-2013 6.6); a gate counts until its holder may pass.
 */
export function compareLimits({ fieldUs, holderUs }: TapTiming, gateMs = GATE_MS): LimitCheck[] {
  const { milliseconds, source } = limits.field;
  return [
    { limit: 'field', source, ...check(fieldUs, milliseconds) },
    { limit: 'gate', ...check(holderUs, gateMs) },
  ];
}

function check(tookUs: number, milliseconds: number) {
  const limitUs = milliseconds * 1000;
  return { limitUs, tookUs, isWithin: tookUs <= limitUs };
}

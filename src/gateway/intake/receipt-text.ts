import type { Receipt } from './intake.js';

/**
 * What JSON.stringify makes of a receipt that `toReceiptJourney` gave its journey. `steps`: the JSON of the journey's steps,
 * which are most of it and the same for many taps.
 */
export function receiptText({ journey, membership, ...tap }: Receipt, steps: string): string {
  const parts = [JSON.stringify(tap).slice(0, -1)];
  if (journey) {
    const { funding, steps: _steps, ...rest } = journey;
    const before = JSON.stringify(rest).slice(0, -1);
    parts.push(`"journey":${before},"steps":${steps},"funding":${JSON.stringify(funding)}}`);
  }
  if (membership) parts.push(`"membership":${JSON.stringify(membership)}`);
  return `${parts.join()}}`;
}

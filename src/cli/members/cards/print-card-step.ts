import type { SteppedCard } from './card-order.js';

/** Where a card is after a step. */
export function printCardStep(card: SteppedCard, isJson: boolean): void {
  if (isJson) {
    console.log(JSON.stringify(card, undefined, 2));
    return;
  }
  const again = card.result === 'exists' ? ' already' : '';
  console.log(`${card.token}  ${card.state}${again}, next: ${card.allowed.join(', ') || 'nothing'}`);
}

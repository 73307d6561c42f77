/** An order of a card, as a gateway tells it. */
export interface CardOrder {
  readonly order: string;
  readonly member: string;
  readonly bank: string;
  readonly kind: string;
  readonly state: string;
  readonly allowed: readonly string[];
  readonly orderedAt: string;
  readonly readyFrom: string;
  readonly cardMask?: string;
  readonly feeFen: number;
  readonly feeState?: string;
}

export interface SteppedOrder {
  readonly result: 'created' | 'exists';
  readonly order: CardOrder;
}

/** Of a step of a card. */
export interface SteppedCard {
  readonly result: 'created' | 'exists';
  readonly token: string;
  readonly state: string;
  readonly allowed: readonly string[];
}

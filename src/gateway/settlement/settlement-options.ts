import type { GatewayDatabase } from '../storage/index.js';

export interface SettlementOptions {
  readonly database: GatewayDatabase;
  readonly clock: () => Date;
}

/** Something that cannot be done as the books stand: an answer, not a fault. `code` is stable. */
export interface Refused {
  readonly result: 'refused';
  readonly code: SettlementRefusal;
  readonly detail: string;
}

export type SettlementRefusal =
  | 'service-day-open'
  | 'settlement-unknown'
  | 'settlement-state-wrong'
  | 'transaction-conflict'
  | 'journey-unknown'
  | 'refund-too-large'
  | 'debt-exceeded'
  | 'credit-exceeded';

export const refused = (code: SettlementRefusal, detail: string): Refused => ({ result: 'refused', code, detail });

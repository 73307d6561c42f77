import { decodeBinary } from '../bytes.js';

/** One rule of the list (8E): what to do, when, and what follows on failure. */
export interface CardholderVerificationRule {
  /** As it stands there, with bit 7. */
  readonly code: number;
  /** Bits 6 to 1. */
  readonly method: number;
  /** Bit 7: on failure take the next one. */
  readonly elseNext: boolean;
  readonly condition: number;
}

export interface CardholderVerificationList {
  /** In the smallest unit of the application's currency (9F42). */
  readonly amountX: number;
  readonly amountY: number;
  readonly rules: readonly CardholderVerificationRule[];
}

const AMOUNTS_LENGTH = 8;

/** 8E: two amounts of 4 bytes, then rules of 2. `undefined` where it has none, which is as if there were no list. */
export function readCardholderVerificationList(value: Uint8Array | undefined): CardholderVerificationList | undefined {
  if (value === undefined || value.length < AMOUNTS_LENGTH + 2 || value.length % 2 !== 0) return undefined;
  const rules: CardholderVerificationRule[] = [];
  for (let offset = AMOUNTS_LENGTH; offset < value.length; offset += 2) {
    const code = value[offset]!;
    rules.push({ code, method: code & 0x3f, elseNext: (code & 0x40) !== 0, condition: value[offset + 1]! });
  }
  return { amountX: decodeBinary(value.subarray(0, 4)), amountY: decodeBinary(value.subarray(4, 8)), rules };
}

/** An application transaction counter as its 2 bytes. */
export function encodeCounter(applicationTransactionCounter: number): Uint8Array {
  return Uint8Array.of(applicationTransactionCounter >> 8, applicationTransactionCounter & 0xff);
}

const LENGTH = 4;

/** 9F37 as the terminal brings it. Throws a `RangeError` where it has another length. */
export function requireUnpredictableNumber({
  unpredictableNumber: { length },
}: {
  readonly unpredictableNumber: Uint8Array;
}): void {
  if (length !== LENGTH) throw new RangeError(`an unpredictable number has 4 bytes, not ${length}`);
}

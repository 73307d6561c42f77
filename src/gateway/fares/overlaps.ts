/** Service days, both inclusive. */
interface Days {
  readonly from: string;
  readonly to: string;
}

export const overlaps = (one: Days, other: Days): boolean => one.from <= other.to && other.from <= one.to;

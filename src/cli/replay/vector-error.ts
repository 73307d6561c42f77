/** A vector that asks for what its kind does not know. */
export class VectorError extends Error {
  override readonly name = 'VectorError';
  readonly code = 'vector-unknown-entry';

  constructor(
    /** Where in the vector's input: `cardConfig.9F8X`, `steps[3]`. */
    readonly place: string,
    message: string,
  ) {
    super(`${place}: ${message}`);
  }
}

export type GatewayKeysErrorCode =
  | 'keys-damaged'
  /** They are wrapped, and the master key is not there or is another one. */
  | 'keys-wrapped'
  | 'master-key-invalid';

/** The keys of a gateway's books cannot be read. */
export class GatewayKeysError extends Error {
  override readonly name = 'GatewayKeysError';

  constructor(
    readonly code: GatewayKeysErrorCode,
    message: string,
  ) {
    super(message);
  }
}

export type GatewayKeysErrorCode =
  | 'keys-damaged'
  /** They are wrapped, and the master key is not there or is another one. */
  | 'keys-wrapped'
  | 'master-key-invalid';

export class GatewayKeysError extends Error {
  override readonly name = 'GatewayKeysError';

  constructor(
    readonly code: GatewayKeysErrorCode,
    message: string,
  ) {
    super(message);
  }
}

import type { GatewayDatabase } from '../storage/index.js';
import type { PasswordCost } from './password-hash.js';

export interface PeopleOptions {
  readonly database: GatewayDatabase;
  readonly clock: () => Date;
  /** A cryptographic source. */
  readonly random: (length: number) => Uint8Array;
  /** What names of failures, CSRF tokens and hashes of recovery codes are made with. */
  readonly tokenKey: Uint8Array;
  /** Seals the secrets of second factors. */
  readonly personalDataKey: Uint8Array;
  readonly formerDataKeys: readonly Uint8Array[];
  /** Default: what OWASP asks for. */
  readonly passwordCost?: PasswordCost | undefined;
  /** What an authenticator calls this gateway. */
  readonly issuer?: string | undefined;
}

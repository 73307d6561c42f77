import type { Logger } from 'pino';
import type { CertificationAuthorityKeyStore } from '../../emv/keys/index.js';
import type { IssuerKeys } from './evidence/index.js';
import type { ServerOptions } from './http/open-server.js';
import type { RateOptions } from './http/rate-options.js';
import type { ListPolicy } from './lists/index.js';
import type { MessageEndpoint } from './messages/index.js';
import type { BooksLocation } from './open-books.js';
import type { PasswordCost } from './people/index.js';
import type { TelemetryOptions } from './telemetry/index.js';

export interface GatewayOptions extends BooksLocation, ServerOptions, RateOptions {
  /** Default 127.0.0.1. */
  readonly host?: string | undefined;
  /** 0: any free port. */
  readonly port: number;
  readonly clock: () => Date;
  /** A cryptographic source. */
  readonly random: (length: number) => Uint8Array;
  /** Whose cards are believed. */
  readonly caKeys: CertificationAuthorityKeyStore;
  /** How many threads beside the gateway's own check what cards signed. Default 0: its own does. */
  readonly examinerThreads?: number | undefined;
  /** Whether taps are kept and priced in the gateway's own thread, or in one beside it. Default `caller`. */
  readonly keeperThread?: 'caller' | 'own' | undefined;
  /** Issuers' master keys, with which their cards' cryptograms are checked. */
  readonly issuerKeys?: IssuerKeys | undefined;
  /** Revoked issuer certificates: RID ‖ CA key index ‖ serial number, 9 bytes in upper-case hex each. */
  readonly revoked?: ReadonlySet<string>;
  /** The ids of tariffs in the box, or one's own, each for its days. Default `ningbo`: all versions of Ningbo's. */
  readonly tariff?: unknown;
  /** The id of a policy of membership in the box, or one's own. Default `ningbo`. */
  readonly policy?: unknown;
  /** The id of a policy of cards in the box, or one's own: lead time, fees, dates, who. Default `ningbo`. */
  readonly cardPolicy?: unknown;
  /** The id of a policy of loans in the box, or one's own: limits, rates, who is eligible. Default `ningbo`. */
  readonly loans?: unknown;
  /** The id of a policy of lists of who is entitled to what in the box, or one's own. Default `ningbo`. */
  readonly benefitLists?: unknown;
  /** The id of a policy of collecting members in the box, or one's own. Default `ningbo`. */
  readonly collectionPolicy?: unknown;
  /** The ids of campaign sets in the box, or one's own. Default `ningbo-2015` and `ningbo-2016`. */
  readonly campaigns?: unknown;
  /** Whether webhooks may go to private addresses. Default: where the gateway listens on this machine only. */
  readonly privateWebhooks?: boolean | undefined;
  /** Authorities in PEM, beside the known ones, whose certificates receivers of webhooks may show. */
  readonly webhookAuthorities?: string | undefined;
  /** Who sends short messages on to mobile phones; where there is nobody, and in a sandbox, they are kept and shown. */
  readonly messages?: MessageEndpoint | undefined;
  /** What is to be otherwise with the lists for terminals: how often, how long, how far back. */
  readonly lists?: Partial<ListPolicy> | undefined;
  /** A folder whose files are taken in: `FOLDER/<operator>/*.ndjson`. */
  readonly inbox?: string | undefined;
  /** Where traces go; nowhere by default. */
  readonly telemetry?: Omit<TelemetryOptions, 'version' | 'logger'> | undefined;
  /** How much work a password is; more in time, and those of before are hashed anew as people log in. */
  readonly passwordCost?: PasswordCost | undefined;
  readonly logger: Logger;
  readonly version: string;
}

import type { CertificationAuthorityKeyStore } from '../../../emv/keys/index.js';
import type { CardChannel } from '../../readers/index.js';
import type { Place, TapEvent } from '../../tap/index.js';
import type { TerminalProfile } from '../profiles/index.js';
import type { SmallPaymentPorts } from '../small-payment/small-payment-ports.js';
import type { DenyList } from './deny-list.js';
import type { TapExchange } from './tap-exchange.js';

export interface TapCardOptions {
  /** Where the card lies, powered on. Stays open. */
  readonly channel: CardChannel;
  readonly profile: TerminalProfile;
  readonly operator: string;
  readonly terminal: string;
  /** The number of the tap record; a queue gives its own. */
  readonly sequence: number;
  readonly place: Place;
  /** Needed where the profile has more than one. */
  readonly event?: TapEvent | undefined;
  /** What to debit on the card; default is the profile's. */
  readonly amountFen?: number | undefined;
  readonly clock: () => Date;
  /** A cryptographic source: from it comes the unpredictable number that the card signs. */
  readonly random: (length: number) => Uint8Array;
  readonly caKeys: CertificationAuthorityKeyStore;
  /** Revoked issuer certificates: RID ‖ CA key index ‖ serial number, 9 bytes in upper-case hex each. */
  readonly revoked?: ReadonlySet<string>;
  readonly denyList?: DenyList | undefined;
  /** Needed by a profile with an extension. */
  readonly smallPayment?: SmallPaymentPorts | undefined;
  /** The terminal's clock is this far ahead of UTC. Default 480, China. */
  readonly utcOffsetMinutes?: number | undefined;
  /** A stopwatch in milliseconds. Default `performance.now`. */
  readonly now?: (() => number) | undefined;
  /** Hears of each exchange as it happens. */
  readonly onExchange?: ((exchange: TapExchange) => void) | undefined;
}

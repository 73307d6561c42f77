import type { CardInterface } from '../../../simulator/index.js';

/** What the shell was told, as `yongtap tap` takes it. */
export interface TapOptions {
  readonly reader?: string;
  readonly card?: string;
  /** `contactless` without it: a tap. */
  readonly interface?: CardInterface;
  readonly fault?: readonly string[];
  readonly transcript?: string;
  readonly session?: string;
  readonly binding?: 'nfc-pcsc' | 'smartcard';
  readonly profile?: string;
  readonly amount?: number;
  readonly at?: string;
  readonly event?: string;
  readonly place?: string;
  readonly operator?: string;
  readonly terminal?: string;
  readonly post?: string;
  readonly key?: string;
  readonly record?: string;
  readonly trace?: boolean;
  /** Milliseconds that a holder may have to wait. */
  readonly budget?: number;
  readonly lang: 'en' | 'zh';
  readonly showPan?: boolean;
  readonly testCards: boolean;
  readonly caKeys?: readonly string[];
  /** The folder of the terminal's lists. */
  readonly lists?: string;
  readonly timeout?: number;
  readonly feedback?: boolean;
  readonly share?: 'shared' | 'exclusive';
  /** How many taps; `Infinity` until Ctrl-C. */
  readonly count?: number;
  readonly state?: string;
  readonly json?: boolean;
}

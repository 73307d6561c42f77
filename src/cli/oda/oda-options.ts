import type { Language } from './print-chain.js';

/** What the shell was told, as `yongtap oda` takes it. */
export interface OdaOptions {
  readonly card?: string;
  readonly reader?: string;
  readonly profile: string;
  readonly id?: readonly string[];
  readonly explain?: boolean;
  readonly date?: string;
  readonly caKeys?: readonly string[];
  readonly revoked?: readonly string[];
  readonly testCards: boolean;
  readonly state?: string;
  readonly timeout?: number;
  readonly json?: boolean;
  readonly lang: Language;
  readonly showPan?: boolean;
}

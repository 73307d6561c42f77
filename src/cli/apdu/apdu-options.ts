import type { CardInterface } from '../../../simulator/index.js';
import type { PcscBindingName, ShareMode } from '../../readers/index.js';

/** What the shell was told, as `yongtap apdu` takes it. */
export interface ApduOptions {
  readonly card?: string;
  readonly reader?: string;
  readonly binding?: PcscBindingName;
  readonly share?: ShareMode;
  readonly interface?: CardInterface;
  readonly fault?: readonly string[];
  readonly script?: string;
  readonly keepGoing?: boolean;
  readonly raw?: boolean;
  readonly record?: string;
  readonly lang: 'en' | 'zh';
  readonly showPan?: boolean;
  readonly timeout?: number;
  readonly state?: string;
  readonly json?: boolean;
}

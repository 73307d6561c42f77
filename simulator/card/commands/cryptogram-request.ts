import type { DataMap } from '../../../emv/tlv/index.js';
import type { Stage } from '../card-session.js';
import type { CryptogramType } from '../transaction/cryptogram-type.js';

export type InitiatedStage = Extract<Stage, { readonly name: 'initiated' }>;

/** What a GENERATE AC asks for. */
export interface CryptogramRequest {
  readonly type: CryptogramType;
  /** Combined authentication (CDA) was asked for. */
  readonly isSigned: boolean;
  /** The values of CDOL1 or CDOL2, whole, and taken apart. */
  readonly values: Uint8Array;
  readonly said: DataMap;
  /** All that the terminal has said in this transaction, this command's values winning (JR/T 0025.5-2013 14.4.1). */
  readonly terminalData: DataMap;
}

import type { PublicKeyAlgorithm } from '../../keys/index.js';
import type { OfflineDataAuthenticationInput } from '../authentication-input.js';
import type { Expectation, OdaFailure, OdaRefusal } from '../oda-result.js';
import type { CdaInput } from '../verify-cda.js';
import type { DdaInput } from '../verify-dda.js';
import type { FddaInput } from '../verify-fdda.js';
import type fieldNames from './field-names.json';
import type links from './links.json';

export type ChainMethod = 'sda' | 'dda' | 'cda' | 'fdda';

/** What the method's own verification takes, with the method's name. */
export type ChainInput =
  | ({ readonly method: 'sda' } & OfflineDataAuthenticationInput)
  | ({ readonly method: 'dda' } & DdaInput)
  | ({ readonly method: 'cda' } & CdaInput)
  | ({ readonly method: 'fdda' } & FddaInput);

export type ChainFieldName = keyof typeof fieldNames;
export type ChainStep = keyof typeof links;

/** `none`: nothing has to hold for it, or the check was not reached. */
export type ChainCheck = 'good' | 'failed' | 'none';

export interface ChainField {
  readonly field: ChainFieldName;
  readonly name: string;
  readonly nameZh: string;
  /** The data object that the field is, where it is one of its own. */
  readonly tag?: string;
  /** Missing where the card did not give it. */
  readonly value?: Uint8Array;
  readonly meaning?: string;
  readonly meaningZh?: string;
  /** The value is a card number or holds one: to be masked before it is shown. */
  readonly holdsCardNumber?: true;
  readonly check: ChainCheck;
  /** Of a failed check. */
  readonly reason?: OdaRefusal;
  /** Of a failed check: bytes, a number of bytes, or text. Masked like `value` where that holds a card number. */
  readonly expected?: Expectation;
  readonly found?: Expectation;
}

export interface ChainLink {
  readonly step: ChainStep;
  readonly name: string;
  readonly nameZh: string;
  readonly tag?: string;
  readonly algorithm?: PublicKeyAlgorithm;
  readonly status: 'good' | 'failed' | 'not-reached';
  readonly fields: readonly ChainField[];
  readonly failures: readonly OdaFailure[];
}

/** An offline data authentication, link by link. */
export interface Chain {
  readonly method: ChainMethod;
  readonly ok: boolean;
  /** The code that `verifySda` … gives for the same input. */
  readonly reason?: OdaRefusal;
  /** Every check that failed, in order; the ones behind a failure that hinders them were not made. */
  readonly failures: readonly OdaFailure[];
  readonly links: readonly ChainLink[];
}

import type { Certificate } from './certificate.js';
import refusals from './oda-refusals.json';

/** Why an offline data authentication failed: a stable code, explained in `oda-refusals.json`. */
export type OdaRefusal = keyof typeof refusals;

export interface OdaRefusalDefinition {
  /** What was being done: `ca-key`, `issuer-certificate`, `static-data`, `icc-certificate`, `signed-…-data` … */
  readonly step: string;
  /** The data object at fault, where it is one. */
  readonly tag?: string;
  /** The field at fault, as `openChain` names it. */
  readonly field: string;
  readonly meaning: string;
  readonly meaningZh: string;
  readonly source: string;
}

/** Every refusal with its step, tag, meaning and the document that asks for it, in the order of the checks. */
export const odaRefusals: Readonly<Record<OdaRefusal, OdaRefusalDefinition>> = refusals;

/** What should have stood there: bytes, a number of bytes, or text such as a date or alternatives. */
export type Expectation = Uint8Array | number | string;

/** What a failure adds to the table's row. Never a card number, nor a part of one. */
export interface RefusalDetail {
  readonly tag?: string;
  readonly field?: string;
  readonly expected?: Expectation;
  readonly found?: Expectation;
}

export interface OdaFailure {
  readonly ok: false;
  readonly reason: OdaRefusal;
  readonly step: string;
  readonly tag?: string;
  /** The field at fault, as `openChain` names it. */
  readonly field?: string;
  readonly expected?: Expectation;
  readonly found?: Expectation;
  /** What had been opened before the failure, for whoever has to explain it. */
  readonly issuerCertificate?: Certificate;
  readonly iccCertificate?: Certificate;
}

export interface OdaSuccess {
  readonly ok: true;
  readonly issuerCertificate: Certificate;
  /** The modulus, or x ‖ y. */
  readonly issuerPublicKey: Uint8Array;
  readonly iccCertificate?: Certificate;
  readonly iccPublicKey?: Uint8Array;
  /** SDA: 2 bytes, to be kept as 9F45. */
  readonly dataAuthenticationCode?: Uint8Array;
  /** DDA, fDDA, CDA: 2 to 8 bytes, to be kept as 9F4C. A PBOC card signs its transaction counter here. */
  readonly iccDynamicNumber?: Uint8Array;
  /** CDA: the cryptogram that the card signed, to be kept as 9F26. */
  readonly applicationCryptogram?: Uint8Array;
}

export type OdaResult = OdaSuccess | OdaFailure;

/** A step's result: what it found, or the failure that ends the authentication. */
export type Step<T> = { readonly ok: true; readonly value: T } | OdaFailure;

export const done = <T>(value: T): Step<T> => ({ ok: true, value });

/** The failure of a code, with what is known about it. */
export function refuse(reason: OdaRefusal, detail?: RefusalDetail): OdaFailure {
  const { step, tag, field } = odaRefusals[reason];
  return { ok: false, reason, step, ...(tag === undefined ? {} : { tag }), field, ...detail };
}

const order = new Map(Object.keys(refusals).map((reason, position) => [reason, position]));

/** How far an authentication came that failed for this reason. */
export const positionOf = (reason: OdaRefusal): number => order.get(reason)!;

/** Of two failures the one that came further. */
export const further = (one: OdaFailure, other: OdaFailure): OdaFailure =>
  positionOf(other.reason) > positionOf(one.reason) ? other : one;

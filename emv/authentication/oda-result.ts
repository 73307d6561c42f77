import type { Certificate } from './certificate.js';
import refusals from './oda-refusals.json';

/** Why an offline data authentication failed: a stable code, explained in `oda-refusals.json`. */
export type OdaRefusal = keyof typeof refusals;

export interface OdaRefusalDefinition {
  /** What was being done: `ca-key`, `issuer-certificate`, `static-data`, `icc-certificate`, `signed-…-data` … */
  readonly step: string;
  /** The data object at fault, where it is one. */
  readonly tag?: string;
  readonly meaning: string;
  readonly source: string;
}

/** Every refusal with its step, tag, meaning and the document that asks for it, in the order of the checks. */
export const odaRefusals: Readonly<Record<OdaRefusal, OdaRefusalDefinition>> = refusals;

export interface OdaFailure {
  readonly ok: false;
  readonly reason: OdaRefusal;
  readonly step: string;
  readonly tag?: string;
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

/** The failure of a code; `tag` where the table leaves open which object it was. */
export function refuse(reason: OdaRefusal, tag: string | undefined = odaRefusals[reason].tag): OdaFailure {
  return { ok: false, reason, step: odaRefusals[reason].step, ...(tag === undefined ? {} : { tag }) };
}

const order = new Map(Object.keys(refusals).map((reason, position) => [reason, position]));

/** Of two failures the one that came further. */
export const further = (one: OdaFailure, other: OdaFailure): OdaFailure =>
  order.get(other.reason)! > order.get(one.reason)! ? other : one;

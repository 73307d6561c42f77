import type { TerminalKind } from '../terminal-kind.js';
import type { CryptogramType } from './cryptogram-type.js';

/** What card and terminal have set down; 5 bytes each, absent ones have their default (JR/T 0025.6-2013 7.9.3). */
export interface ActionCodes {
  readonly issuerDenial?: Uint8Array | undefined;
  readonly issuerOnline?: Uint8Array | undefined;
  readonly issuerDefault?: Uint8Array | undefined;
  readonly terminalDenial?: Uint8Array | undefined;
  readonly terminalOnline?: Uint8Array | undefined;
  readonly terminalDefault?: Uint8Array | undefined;
}

export interface TerminalDecision {
  readonly cryptogram: CryptogramType;
  /** 8A: Y1, Z1, Y3, Z3; absent with an ARQC, for which the issuer gives one. */
  readonly authorizationResponseCode?: 'Y1' | 'Z1' | 'Y3' | 'Z3';
}

const hits = (results: Uint8Array, code: Uint8Array | undefined, unset: number): boolean =>
  results.some((byte, index) => (byte & (code?.[index] ?? unset)) !== 0);

export const denialHits = (results: Uint8Array, { issuerDenial, terminalDenial }: ActionCodes): boolean =>
  hits(results, issuerDenial, 0x00) || hits(results, terminalDenial, 0x00);

const onlineHits = (results: Uint8Array, { issuerOnline, terminalOnline }: ActionCodes): boolean =>
  hits(results, issuerOnline, 0xff) || hits(results, terminalOnline, 0x00);

const defaultHits = (results: Uint8Array, { issuerDefault, terminalDefault }: ActionCodes): boolean =>
  hits(results, issuerDefault, 0xff) || hits(results, terminalDefault, 0x00);

/** Terminal action analysis, steps 1 to 5 of JR/T 0025.6-2013 7.9.3. */
export function analyseTerminalAction(
  results: Uint8Array,
  codes: ActionCodes,
  connection: TerminalKind['connection'],
): TerminalDecision {
  if (denialHits(results, codes)) return { cryptogram: 'AAC', authorizationResponseCode: 'Z1' };
  if (connection === 'online-only') return { cryptogram: 'ARQC' };
  if (connection === 'online-capable' && onlineHits(results, codes)) return { cryptogram: 'ARQC' };
  if (connection === 'offline-only' && defaultHits(results, codes)) {
    return { cryptogram: 'AAC', authorizationResponseCode: 'Z1' };
  }
  return { cryptogram: 'TC', authorizationResponseCode: 'Y1' };
}

/** The same once the host could not be reached; an online-only terminal may decline at once (step 4). */
export const analyseWithoutHost = (
  results: Uint8Array,
  codes: ActionCodes,
  declinesAtOnce: boolean,
): TerminalDecision =>
  declinesAtOnce || defaultHits(results, codes)
    ? { cryptogram: 'AAC', authorizationResponseCode: 'Z3' }
    : { cryptogram: 'TC', authorizationResponseCode: 'Y3' };

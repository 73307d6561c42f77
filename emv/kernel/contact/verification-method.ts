import type { TerminalCapabilities } from '../terminal-kind.js';

export type VerificationAct = 'plaintext-pin' | 'enciphered-pin' | 'online-pin' | 'signature' | 'certificate';

/** A method of the list (8E) by its code. */
export interface VerificationMethod {
  /** What is to be done, one after the other; nothing where the holder need not be verified. */
  readonly acts: readonly VerificationAct[];
  /** What the terminal must be able to do (9F33). */
  readonly needs: readonly (keyof TerminalCapabilities)[];
  readonly alwaysFails?: true;
  /** Reserved in PBOC. */
  readonly emvOnly?: true;
}

/** Codes, bits 6 to 1 of a rule's first byte (JR/T 0025.5-2013 A.1; 04 and 05: EMV 4.3 Book 3 table 39). */
const METHODS: ReadonlyMap<number, VerificationMethod> = new Map<number, VerificationMethod>([
  [0x00, { acts: [], needs: [], alwaysFails: true }],
  [0x01, { acts: ['plaintext-pin'], needs: ['plaintextOfflinePin'] }],
  [0x02, { acts: ['online-pin'], needs: ['onlinePin'] }],
  [0x03, { acts: ['plaintext-pin', 'signature'], needs: ['plaintextOfflinePin', 'signature'] }],
  [0x04, { acts: ['enciphered-pin'], needs: ['encipheredOfflinePin'], emvOnly: true }],
  [0x05, { acts: ['enciphered-pin', 'signature'], needs: ['encipheredOfflinePin', 'signature'], emvOnly: true }],
  [0x1e, { acts: ['signature'], needs: ['signature'] }],
  [0x1f, { acts: [], needs: ['noVerification'] }],
  [0x20, { acts: ['certificate'], needs: ['holderCertificate'] }],
]);

/** `undefined` for a code that the terminal does not recognize. */
export function verificationMethod(code: number, encipheredPin: boolean): VerificationMethod | undefined {
  const method = METHODS.get(code);
  return method?.emvOnly && !encipheredPin ? undefined : method;
}

export const isSupported = ({ needs }: VerificationMethod, capabilities: TerminalCapabilities): boolean =>
  needs.every((name) => capabilities[name]);

export const needsPin = ({ acts }: VerificationMethod): boolean => acts.some((act) => act.endsWith('-pin'));

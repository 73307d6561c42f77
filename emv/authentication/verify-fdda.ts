import type { OfflineDataAuthenticationInput } from './authentication-input.js';
import { agreedTerminalData } from './fdda-terminal-data.js';
import { type AuthenticationMeans, ordinaryMeans } from './means.js';
import { done, type OdaResult } from './oda-result.js';
import { openSignedDynamicData } from './open-signed-dynamic-data.js';
import { recoverIccKey } from './recover-icc-key.js';
import { success, withCertificates } from './verify-dda.js';
import { objection } from './witness.js';

export interface FddaInput extends OfflineDataAuthenticationInput {
  /**
   * The terminal's part of what was signed, where it is known already. Without it, version and values come from `data`:
   * 9F66, 9F37, 9F02, 5F2A of the terminal and 9F08, 9F69 of the card.
   */
  readonly terminalData?: Uint8Array | undefined;
}

/** Application interchange profile byte 1 bit 6. */
const DDA_SUPPORTED = 0x20;

/**
 * fDDA: the card's key opens the 9F4B that came with GET PROCESSING OPTIONS or in a record (JR/T 0025.12-2013 7.6,
 * annex B). No DDOL takes part. A card whose profile promises no DDA fails. The dynamic number of a success is the
 * transaction counter that the card signed. Never throws for what a card can send.
 */
export function verifyFdda(input: FddaInput, means: AuthenticationMeans = ordinaryMeans): OdaResult {
  const keys = recoverIccKey(input, means);
  if (!keys.ok) return keys;
  const { witness } = means;
  const profile = input.data.get('82') ?? new Uint8Array(0);
  const noDda = objection(witness, ((profile[0] ?? 0) & DDA_SUPPORTED) !== 0, 'dda-not-supported', () => ({
    expected: '1.6 = 1',
    found: profile,
  }));
  if (noDda !== undefined) return withCertificates(noDda, keys.value);
  const terminalData = input.terminalData === undefined ? agreedTerminalData(input.data) : done(input.terminalData);
  if (!terminalData.ok) return withCertificates(terminalData, keys.value);
  const dynamic = openSignedDynamicData(keys.value.icc.key, input.data.get('9F4B'), terminalData.value, witness);
  return dynamic.ok
    ? { iccDynamicNumber: dynamic.value.iccDynamicNumber, ...success(keys.value) }
    : withCertificates(dynamic, keys.value);
}

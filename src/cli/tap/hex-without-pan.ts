import { decode, flatten, TlvError, toHex } from '../../../emv/index.js';
import { maskPan } from '../../tap/index.js';

/** Data objects that hold the card number, and where in each it ends. */
const panEnds: ReadonlyMap<string, RegExp> = new Map([
  ['5A', /F+$/],
  ['57', /D.*$/],
  ['9F6B', /D.*$/],
]);

/** The card certificate of SM2 carries the number in clear, behind its format byte (JR/T 0025.17-2013). */
const SM2_CERTIFICATE = /^14(\d{8,})/;

/** Hex for the screen: the digits of a card number that stand in it are masked. */
export function hexWithoutPan(data: Uint8Array): string {
  let hex = toHex(data);
  for (const pan of pansIn(data)) hex = hex.replaceAll(pan, maskPan(pan));
  return hex;
}

function pansIn(data: Uint8Array): string[] {
  try {
    const values = flatten(decode(data));
    const hexOf = (tag: string) => toHex(values.get(tag) ?? new Uint8Array());
    const inCertificate = SM2_CERTIFICATE.exec(hexOf('9F46').slice(0, 22))?.[1] ?? '';
    return [...[...panEnds].map(([tag, end]) => hexOf(tag).replace(end, '')), inCertificate].filter(Boolean);
  } catch (error) {
    if (error instanceof TlvError) return [];
    throw error;
  }
}

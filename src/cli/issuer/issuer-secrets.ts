import { hkdfSync } from 'node:crypto';
import { join } from 'node:path';
import { secretFile } from '../state/secret-file.js';

const KEY_LENGTH = 32;

export interface IssuerSecrets {
  /** Makes tokens of card numbers. */
  readonly tokenKey: Uint8Array;
  /** Seals accounts. */
  readonly sealKey: Uint8Array;
}

/** From the key file of the folder, which is made when it is first asked for. Whoever loses it loses the accounts. */
export async function issuerSecrets(folder: string): Promise<IssuerSecrets> {
  const secret = await secretFile(join(folder, 'key'));
  const derived = (use: string) => new Uint8Array(hkdfSync('sha256', secret, new Uint8Array(), use, KEY_LENGTH));
  return { tokenKey: derived('yongtap issuer token'), sealKey: derived('yongtap issuer account') };
}

import type { CardApplication, CardInterface, PublicKeyAlgorithm } from '../card-file.js';

const SM_SUPPORTED = 0x01;

/**
 * The algorithms of a transaction. A card that asks for DF69 follows the terminal; what it does not have it refuses over
 * contactless (`undefined`), and over contact it goes on with what it has (JR/T 0025.17-2013 10.3.3, 10.5). A card that
 * does not ask takes its first.
 */
export function chooseAlgorithm(
  { publicKeyAlgorithms: known }: Pick<CardApplication, 'publicKeyAlgorithms'>,
  over: CardInterface,
  indicator: Uint8Array | undefined,
): PublicKeyAlgorithm | undefined {
  if (indicator === undefined) return known[0];
  const asked = indicator[0] === SM_SUPPORTED ? 'sm2' : 'rsa';
  if (known.includes(asked)) return asked;
  return over === 'contact' ? known[0] : undefined;
}

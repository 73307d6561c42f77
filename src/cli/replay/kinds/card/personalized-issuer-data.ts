import { fromHex } from '../../../../../emv/index.js';
import type { CardProfile } from '../../../../../simulator/index.js';
import { VectorError } from '../../vector-error.js';

type Choices = Partial<CardProfile['applications'][number]>;

const VERSIONS: ReadonlyMap<number, 1 | 17> = new Map([
  [0x01, 1],
  [0x17, 17],
  [0x11, 17],
]);
const ALGORITHMS: ReadonlyMap<number, '3des' | 'sm4'> = new Map([
  [0x01, '3des'],
  [0x04, 'sm4'],
]);

/**
 * What a personalized 9F10 chooses: `07 | key derivation index | cryptogram version | 03000000 | algorithm`, then a
 * length and the kind of issuer discretionary data (JR/T 0025.12-2013 annex D). Throws a `VectorError`.
 */
export function readPersonalizedIssuerData(hex: string): Choices {
  const [length, keyDerivationIndex = 0, version = 0, , , , , algorithm = 0, , discretionaryKind = 0] = fromHex(hex);
  const cryptogramVersion = VERSIONS.get(version);
  const cryptogramAlgorithm = ALGORITHMS.get(algorithm);
  if (length !== 7 || cryptogramVersion === undefined || cryptogramAlgorithm === undefined) {
    throw new VectorError('cardConfig.9F10', `${hex} is not as this card fills it`);
  }
  return { keyDerivationIndex, cryptogramVersion, cryptogramAlgorithm, discretionaryKind };
}

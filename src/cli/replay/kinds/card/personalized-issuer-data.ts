import { VectorError } from '../../vector-error.js';

const ISSUER_DATA = /^07..(?:01|17|11)03000000(01|04)/;

/** What a personalized 9F10 says that keys and cryptograms are made with. Throws a `VectorError` for another layout. */
export function algorithmOf(hex: string): '3des' | 'sm4' {
  const [, algorithm] = ISSUER_DATA.exec(hex) ?? [];
  if (algorithm === undefined) throw new VectorError('cardConfig.9F10', `${hex} is not as a PBOC card has it`);
  return algorithm === '04' ? 'sm4' : '3des';
}

import { fromHex, toHex } from '../../emv/bytes.js';
import kinds from '../../emv/values/issuer-discretionary-data.json' with { type: 'json' };
import type { CardApplication } from './card-file.js';

const VERSIONS: Readonly<Record<number, CardApplication['cryptogramVersion']>> = { 1: 1, 23: 17, 17: 17 };
const LENGTH_OFFSET = 8;
const AMOUNT_LENGTH = 5;
/** The kind before the amounts, the MAC behind them. */
const BESIDE_AMOUNTS = 5;

type IssuerDataChoices = Pick<
  CardApplication,
  'keyDerivationIndex' | 'cryptogramVersion' | 'discretionaryKind' | 'discretionaryData'
>;

/**
 * What a personalized 9F10 chooses of the answers' own: index, version, and the issuer discretionary data, which are
 * amounts of a kind where the kind stands alone or the length is theirs, or else fixed ones without a MAC (JR/T 0025.12-2013 annex D.5).
 */
export function issuerDataChoices(hex: string): IssuerDataChoices {
  const bytes = fromHex(hex);
  const [length = 0, kind = 0] = bytes.subarray(LENGTH_OFFSET);
  const isNamedAlone = bytes.length <= LENGTH_OFFSET + 2;
  const ofKind = kinds.find(
    (row) => row.kind === kind && (isNamedAlone || row.amounts.length * AMOUNT_LENGTH + BESIDE_AMOUNTS === length),
  );
  const fixed = bytes.subarray(LENGTH_OFFSET + 1, LENGTH_OFFSET + 1 + length);
  return {
    keyDerivationIndex: bytes[1]!,
    cryptogramVersion: VERSIONS[bytes[2]!]!,
    discretionaryKind: ofKind?.kind ?? 0,
    ...(ofKind === undefined && length > 0 ? { discretionaryData: toHex(fixed) } : {}),
  };
}

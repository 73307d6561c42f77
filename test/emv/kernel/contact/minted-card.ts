import { toHex } from '../../../../emv/bytes.js';
import { type MintOptions, mintCard } from '../../authentication/mint-card.js';
import { CARD_DATA, type CardLines, object, objects } from './contact-card.js';

/** A card of the minted certificates: one signed record, the rest beside it. */
export function mintedCard(
  profile: string,
  options: MintOptions = {},
  more: Readonly<Record<string, string | undefined>> = {},
): CardLines {
  const { data, staticData } = mintCard({ profile, ...options });
  const take = (...tags: string[]) =>
    objects(
      Object.fromEntries([...data].filter(([tag]) => tags.includes(tag)).map(([tag, value]) => [tag, toHex(value)])),
    );
  const { '5A': _pan, '5F24': _expiry, ...rest } = CARD_DATA;
  return {
    profile,
    locator: '0801010110010500',
    records: {
      '1.1': object('70', toHex(staticData)),
      '2.1': object('70', take('90')),
      '2.2': object('70', take('8F', '92', '93', '9F32')),
      '2.3': object('70', take('9F46', '9F47', '9F48', '9F4A')),
      '2.4': object('70', objects(rest)),
      '2.5': object('70', objects(more)),
    },
  };
}

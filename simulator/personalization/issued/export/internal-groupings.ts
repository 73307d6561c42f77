import { encode } from '../../../../emv/tlv/index.js';
import { type CardApplication, objectsOf } from '../../../card/index.js';
import type { DataGrouping } from './data-grouping.js';
import definitions from './internal-groupings.json' with { type: 'json' };

/** Data objects inside the card, beside the tags that stand elsewhere already. */
export function internalGroupings(application: CardApplication, elsewhere: ReadonlySet<string>): DataGrouping[] {
  const data = { ...application.contactData, ...application.data };
  const named = new Set(definitions.flatMap(({ tags = [] }) => tags));
  return definitions.flatMap(({ identifier, name, tags }) => {
    const wanted = tags ?? Object.keys(data).filter((tag) => !named.has(tag) && !elsewhere.has(tag));
    const objects = objectsOf(data, wanted.toSorted());
    return objects.length === 0 ? [] : [{ identifier, name, data: encode(objects), content: 'objects' as const }];
  });
}

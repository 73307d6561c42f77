import { fromHex, toHex } from '../../../emv/bytes.js';
import { lookUpTag } from '../../../emv/tags/index.js';
import { encode, tryDecode } from '../../../emv/tlv/index.js';
import { type ApplicationState, type CardApplication, type CardRecord, RECORD_LENGTH_MAX } from '../../card/index.js';
import { CardEditError } from './card-edit-error.js';
import { signedTags } from './signed-tags.js';

/** An application as it was personalized, and its state. */
export interface EditedApplication {
  readonly application: CardApplication;
  readonly state: ApplicationState;
}

/** Which values a name such as `contact.82` means. */
const scopes = { contact: 'contactData', electronicCash: 'electronicCashData' } as const;

/**
 * A data object with another value, in hex, wherever it stands: among the application's data, in records, in the place
 * of what scripts have written. What the issuer has signed is refused. Throws {@link CardEditError}.
 */
export function editData({ application, state }: EditedApplication, name: string, text: string): EditedApplication {
  const [, scope, tag] = /^(?:(contact|electronicCash)\.)?([0-9A-F]+)$/.exec(name)!;
  const where = scope === undefined ? 'data' : scopes[scope as keyof typeof scopes];
  if (signedTags(application).has(tag!)) {
    throw new CardEditError('card-data-signed', name, 'the issuer has signed it, so no other value is believed');
  }
  if (application[where] === undefined) {
    throw new CardEditError('card-field-unknown', name, `the card has no values for ${scope} alone`);
  }
  const before = application[where][tag!];
  const value = newValue(name, tag!, text, before);
  const { [tag!]: _, ...changedData } = state.changedData;
  const inRecords = (records: readonly CardRecord[]) => records.map((record) => withObject(record, name, tag!, value));
  return {
    application: {
      ...application,
      [where]: { ...application[where], [tag!]: value },
      records: inRecords(application.records),
    },
    state: { ...state, changedData, changedRecords: inRecords(state.changedRecords) },
  };
}

/** Digits of a number may be fewer than its bytes hold; any other value is as long as the one before. */
function newValue(name: string, tag: string, text: string, before: string | undefined): string {
  const hex = text.toUpperCase().replaceAll(' ', '');
  const isNumber = lookUpTag(tag)?.format === 'n';
  const value = isNumber && before !== undefined ? hex.padStart(before.length, '0') : hex;
  if (!/^([0-9A-F]{2})+$/.test(value)) throw new CardEditError('card-value-invalid', name, 'must be bytes of hex');
  if (isNumber && !/^\d+F?$/.test(value)) throw new CardEditError('card-value-invalid', name, 'must be digits');
  if (before !== undefined && hasOneLength(tag) && value.length !== before.length) {
    throw new CardEditError('card-value-invalid', name, `must be ${before.length / 2} bytes`);
  }
  return value;
}

/** Whether the dictionary gives the object one length. */
const hasOneLength = (tag: string): boolean => /^\d+$/.test(lookUpTag(tag)?.length ?? '');

function withObject(record: CardRecord, name: string, tag: string, value: string): CardRecord {
  if (record.bytes === undefined) return record;
  // A script may have written anything into a record.
  const [template] = tryDecode(fromHex(record.bytes)) ?? [];
  if (template?.children?.some((child) => child.tag === tag) !== true) return record;
  const children = template.children.map((child) => (child.tag === tag ? { tag, value: fromHex(value) } : child));
  const bytes = encode([{ tag: template.tag, children }]);
  if (bytes.length <= RECORD_LENGTH_MAX) return { ...record, bytes: toHex(bytes) };
  throw new CardEditError('card-value-invalid', name, `must fit into its record of ${RECORD_LENGTH_MAX} bytes`);
}

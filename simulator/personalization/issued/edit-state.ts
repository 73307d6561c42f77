import { type ApplicationState, amountOf, type CardApplication } from '../../card/index.js';
import { CardEditError } from './card-edit-error.js';
import table from './editable-state.json' with { type: 'json' };

interface EditableField {
  readonly name: string;
  /** The data object that shows it. */
  readonly tag?: string;
  readonly field: string;
  readonly kind: string;
  readonly max?: number;
  /** The data object that it may not exceed. */
  readonly limit?: string;
  readonly choices?: readonly string[];
}

/** What of a card's state can be changed by name, or by the tag that shows it. */
export const editableState: readonly EditableField[] = table;

const AMOUNT_MAX = 999_999_999_999;

/** The value of a field in the state, from a text; `undefined` takes it away. Throws {@link CardEditError}. */
type Reader = (text: string, field: EditableField, application: CardApplication) => unknown;

const readers: Readonly<Record<string, Reader>> = {
  amount(text, { name, limit }, application) {
    const amount = wholeNumber(text, name, AMOUNT_MAX, 'an amount in the smallest unit (fen)');
    const most = limit === undefined ? undefined : amountOf(application.data, limit);
    if (most !== undefined && amount > most) {
      throw new CardEditError('card-value-invalid', name, `${amount} is above the limit of ${most} (${limit})`);
    }
    return amount;
  },
  number: (text, { name, max = AMOUNT_MAX }) => wholeNumber(text, name, max, 'a number'),
  flag(text, { name }) {
    if (text === 'true' || text === 'false') return text === 'true';
    throw new CardEditError('card-value-invalid', name, 'must be true or false');
  },
  choice(text, { name, choices = [] }) {
    if (!choices.includes(text)) {
      throw new CardEditError('card-value-invalid', name, `must be one of ${choices.join(', ')}`);
    }
    return text === 'none' ? undefined : text;
  },
  pin(text, { name }, { pin }) {
    if (pin === undefined) throw new CardEditError('card-value-invalid', name, 'the card was personalized without one');
    if (/^\d{4,12}$/.test(text)) return text;
    throw new CardEditError('card-value-invalid', name, 'must be 4 to 12 digits');
  },
  empty(text, { name }) {
    if (text === 'none') return [];
    throw new CardEditError('card-value-invalid', name, 'can only be emptied: none');
  },
};

function wholeNumber(text: string, name: string, max: number, what: string): number {
  const number = /^\d{1,12}$/.test(text) ? Number(text) : Number.NaN;
  if (number <= max) return number;
  throw new CardEditError('card-value-invalid', name, `must be ${what} from 0 to ${max}`);
}

export function editState(
  state: ApplicationState,
  application: CardApplication,
  field: EditableField,
  text: string,
): ApplicationState {
  const value = readers[field.kind]!(text, field, application);
  const { [field.field as keyof ApplicationState]: _, ...others } = state;
  return { ...others, ...(value === undefined ? {} : { [field.field]: value }) } as ApplicationState;
}

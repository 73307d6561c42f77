import impersonal from './impersonal-tables.json';
import declared from './personal-data.json';

/** What a table keeps of a person, and what becomes of it when the person is erased. */
export interface KeptTable {
  readonly table: string;
  /** What an export calls it. */
  readonly section: string;
  /**
   * How its rows are the member's: a column that holds the number of the member, or pairs before it that lead there:
   * `["card_token", "cards.card_token", "member"]` are the rows of the member's cards. A word may stand before
   * the value: `card:|cards.card_token`.
   */
  readonly of: readonly string[];
  /** Columns that hold JSON. */
  readonly json?: readonly string[];
  /** Sealed columns, and the columns whose values, with a colon between them, are the row that they are sealed for. */
  readonly sealed?: Readonly<Record<string, readonly string[]>>;
  /** Columns that an export leaves out: bytes for machines. */
  readonly hidden?: readonly string[];
  readonly onErasure: 'deleted' | 'cleared' | 'kept';
  /** What stands in the columns that are cleared. */
  readonly cleared?: Readonly<Record<string, string | null>>;
  /** Why it is kept, told to whoever asked. */
  readonly why?: string;
}

/**
 * Who keeps personal data: each room has its tables here. A table of the gateway that is neither here nor among those
 * that keep nothing of a person fails a test.
 */
export const keptTables = declared as readonly KeptTable[];

/** Tables that keep nothing of a person, each with a word why. */
export const impersonalTables = impersonal as Readonly<Record<string, string>>;

/** Lists of members that units hand in, on their way up the hierarchy. */
export interface MemberListTables {
  member_lists: MemberListsTable;
  member_list_rows: MemberListRowsTable;
  member_list_persons: MemberListPersonsTable;
  member_list_events: MemberListEventsTable;
}

export interface MemberListsTable {
  list: string;
  /** Whose members it names: this unit's, or of units below it. */
  unit: string;
  /** Keyed hash of the file: the same file is the same list. */
  content_token: string;
  format: string;
  /** JSON of the row of headings as it was, sealed: anybody may have written anything there. */
  headings: string;
  state: string;
  /** Where it lies now. */
  at_unit: string;
  rows_good: number;
  rows_wrong: number;
  /** Rows that said nothing new. */
  rows_known: number;
  /** How many there are. Who takes a step counts it up first: of two steps at once the second sees the first. */
  events: number;
  recorded_at_ms: number;
}

export interface MemberListRowsTable {
  list: string;
  /** In the file, from 1. */
  row: number;
  state: 'good' | 'wrong' | 'dropped' | 'recorded';
  /** JSON of columns and codes; nothing that stood there. */
  issues: string | null;
  /** JSON, sealed: of a good row the person, of a wrong one the cells as they were. Gone once it is not needed. */
  content: string | null;
  /** The member that it became. */
  member: string | null;
}

/** Who is in a list that is under way, once for each document. */
export interface MemberListPersonsTable {
  identity_token: string;
  mobile_token: string;
  /** Keyed hash of all that the row says: the same again is the same row. */
  content_token: string;
  list: string;
  row: number;
}

/** Written once and never changed. */
export interface MemberListEventsTable {
  list: string;
  /** From 1. */
  sequence: number;
  step: string;
  /** As it is from then on. */
  state: string;
  at_unit: string;
  /** Of a step that is about one row. */
  row: number | null;
  by: string;
  reason: string | null;
  recorded_at_ms: number;
}

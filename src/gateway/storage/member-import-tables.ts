export interface MemberImportTables {
  member_imports: MemberImportsTable;
}

/** An import that is recorded in lots: each lot moves it on in its own transaction. */
export interface MemberImportsTable {
  /** What names the file: a keyed hash of its bytes. The same file again is the same import. */
  file: string;
  records: number;
  recorded: number;
  begun_at_ms: number;
  advanced_at_ms: number;
  ended_at_ms: number | null;
}

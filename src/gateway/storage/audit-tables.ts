/** Who changed what, or read what is known of a person. Rows are only ever added. */
export interface AuditTables {
  audit_records: AuditRecordsTable;
  audit_head: AuditHeadTable;
}

export interface AuditRecordsTable {
  /** 1, 2, 3, …: without a gap. */
  sequence: number;
  at_ms: number;
  /** The id of an API key, or `command-line`. */
  actor: string;
  operation: string;
  phase: 'begun' | 'done' | 'read';
  request_id: string;
  /** JSON object of texts. */
  parameters: string;
  /** HTTP status; empty where it is not known yet, or nothing was asked over HTTP. */
  status: number | null;
  /** JSON object of texts and whole numbers. */
  detail: string;
  /** SHA-256 in hex of the record before; of the first, 64 zeros. */
  previous_hash: string;
  hash: string;
}

/** The last record, in one row: whoever adds one holds it. */
export interface AuditHeadTable {
  name: string;
  sequence: number;
  hash: string;
}

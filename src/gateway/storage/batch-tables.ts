/** How far batches that bear a name were answered. Instants in milliseconds since 1970, lines from 0. */
export interface BatchTables {
  tap_batches: TapBatchesTable;
  tap_batch_groups: TapBatchGroupsTable;
}

export interface TapBatchesTable {
  key_id: string;
  /** The sender's name for it. */
  batch: string;
  begun_at_ms: number;
  /** When its end was reached; `null` while lines are still to come. */
  completed_at_ms: number | null;
  /** Every line before this one has its answer. */
  next_line: number;
  created: number;
  existing: number;
  conflicts: number;
  refused: number;
  /** Lines that were no record, or of another operator. */
  invalid: number;
}

interface TapBatchGroupsTable {
  key_id: string;
  batch: string;
  /** The first line after it. */
  end_line: number;
  first_line: number;
  /** JSON, packed: of a tap its answer's kind and its id, of any other line the answer. */
  answers: Uint8Array;
}

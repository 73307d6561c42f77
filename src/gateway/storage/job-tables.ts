/** Work that is done again and again, by one process at a time. */
export interface JobTables {
  jobs: JobsTable;
}

export interface JobsTable {
  name: string;
  next_run_at_ms: number;
  /** The run that holds the job; empty when nobody does. */
  holder: string;
  held_until_ms: number;
  last_ended_at_ms: number | null;
  /** `done` or `failed` */
  last_outcome: string | null;
}

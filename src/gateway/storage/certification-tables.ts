/** How members came to be certified, and how far each year is. */
export interface CertificationTables {
  certification_codes: CertificationCodesTable;
  certification_confirmations: CertificationConfirmationsTable;
  certification_reminders: CertificationRemindersTable;
  certification_progress: CertificationProgressTable;
}

/** One-time codes, by a keyed hash of who was named: known or not, so that both take the same way. */
export interface CertificationCodesTable {
  subject: string;
  /** Who that is; empty where nobody was found. */
  member: string | null;
  /** Keyed hash of the code; empty where none was sent. */
  code_hash: string | null;
  expires_at_ms: number;
  tries_left: number;
  used_at_ms: number | null;
  asked_at_ms: number;
  /** How many codes were asked for since the day began that is counted. */
  asked: number;
  day_from_ms: number;
}

/** Written once and never changed: who confirmed or corrected what of a member, and what it was before. */
export interface CertificationConfirmationsTable {
  id: string;
  member: string;
  year: number;
  by: 'self' | 'officer';
  /** `self`, `key:…`, `account:…` */
  actor: string;
  /** Whether it certified the member; else the member was certified already. */
  certified: number;
  /** JSON: the names of the fields that have changed. */
  changed: string;
  /** JSON of these fields before and after, sealed; empty where none has changed. */
  sealed: string | null;
  recorded_at_ms: number;
}

/** Who was reminded of which certification in which period. */
export interface CertificationRemindersTable {
  member: string;
  year: number;
  period: string;
  at_ms: number;
}

/** How many members of a unit are certified, as it was counted last. */
export interface CertificationProgressTable {
  year: number;
  /** Empty text: members of no unit. */
  unit: string;
  members: number;
  certified: number;
  due: number;
  lapsed: number;
  counted_at_ms: number;
}

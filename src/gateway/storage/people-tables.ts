/** People who log in, and what proves that they are who they say. */
export interface PeopleTables {
  accounts: AccountsTable;
  account_events: AccountEventsTable;
  account_invitations: AccountInvitationsTable;
  account_sessions: AccountSessionsTable;
  second_factors: SecondFactorsTable;
  recovery_codes: RecoveryCodesTable;
  login_failures: LoginFailuresTable;
}

export interface AccountsTable {
  /** `acc_…` */
  account: string;
  /** In the one form in which names are compared. */
  login_name: string;
  /** JSON array. */
  roles: string;
  /** What it belongs to, as its roles say: one of these, or none. */
  member: string | null;
  unit: string | null;
  bank: string | null;
  operator: string | null;
  /** With its parameters, `$scrypt$…`; empty until an invitation was taken up. */
  password_hash: string | null;
  disabled_at_ms: number | null;
  made_by: string;
  made_at_ms: number;
}

/** Written once and never changed: what became of an account. */
export interface AccountEventsTable {
  event_id: string;
  account: string;
  event: string;
  at_ms: number;
  by: string;
  /** Why, or what in particular. */
  detail: string | null;
}

export interface AccountInvitationsTable {
  /** SHA-256 of the token, which is nowhere else. */
  token_hash: string;
  account: string;
  made_at_ms: number;
  expires_at_ms: number;
  /** When it was taken up, or another one took its place. */
  ended_at_ms: number | null;
}

export interface AccountSessionsTable {
  /** SHA-256 of the token, which is nowhere else. */
  token_hash: string;
  /** `ses_…`, what it is called where it is listed. */
  session: string;
  account: string;
  started_at_ms: number;
  /** Within a minute. */
  seen_at_ms: number;
  /** However busy it is. */
  expires_at_ms: number;
  ended_at_ms: number | null;
  end_reason: string | null;
  /** What the browser calls itself. */
  device: string | null;
}

export interface SecondFactorsTable {
  account: string;
  secret_sealed: string;
  /** When a first code has proved that it was set up; it counts for nothing before. */
  confirmed_at_ms: number | null;
  /** The step of time of the last code that was taken: none of this or an earlier one is taken any more. */
  last_step: number;
}

export interface RecoveryCodesTable {
  /** HMAC-SHA256 of account and code, which is nowhere else. */
  code_hash: string;
  account: string;
  used_at_ms: number | null;
}

/** Failed log-ins in a row, of a login name whether there is such an account or not, and of an address. */
export interface LoginFailuresTable {
  /** HMAC-SHA256 of the name or address: neither is kept. */
  subject: string;
  failures: number;
  last_at_ms: number;
  locked_until_ms: number;
}

export interface MemberErasureTables {
  member_erasures: MemberErasuresTable;
}

/** Written once and never changed: who was erased, so that no old file brings the data back. */
export interface MemberErasuresTable {
  member: string;
  erased_at_ms: number;
  by: string;
  reason: string;
}

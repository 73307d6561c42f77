/** The hierarchy of unions. */
export interface UnitTables {
  units: UnitsTable;
  unit_events: UnitEventsTable;
  unit_hierarchy: UnitHierarchyTable;
  members_without_tokens: MembersWithoutTokensTable;
}

export interface UnitsTable {
  unit: string;
  name: string;
  level: string;
  /** Empty for what stands at the top. */
  parent: string | null;
  /** The units from the top down to this one, with / around each: what begins with it is this unit and what is below. */
  path: string;
  recorded_at_ms: number;
}

/** Written once and never changed: how a unit came to be what it is. */
export interface UnitEventsTable {
  unit: string;
  /** From 1. */
  sequence: number;
  event: 'recorded' | 'renamed' | 'moved';
  /** As they were from then on. */
  name: string;
  parent: string | null;
  by: string;
  reason: string | null;
  recorded_at_ms: number;
}

/** One row, which whoever changes the hierarchy changes first: so that two changes come one after the other. */
interface UnitHierarchyTable {
  name: 'units';
  version: number;
}

/** Members who were recorded before members had tokens. Those stay whose identity document another member has as well. */
interface MembersWithoutTokensTable {
  member: string;
}

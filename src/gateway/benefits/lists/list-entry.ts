/** A member on a list, as a version of it says. Never changes afterwards. */
export interface ListEntry {
  readonly member: string;
  /** The unit of the hierarchy; empty where the member is in none. */
  readonly unit: string;
  /** Why they are on it: the reason of membership. */
  readonly reason: string;
  /** The day of the first version since which they have been on it without a break. */
  readonly since: string;
}

/** What has changed of a member from one version to the next. */
export interface ListChange {
  readonly member: string;
  readonly change: 'added' | 'dropped' | 'changed';
  /** Why: of who was dropped the reason that stands against them now. */
  readonly reason: string;
  readonly unit: string;
}

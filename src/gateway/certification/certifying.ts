/** For which year members are certified, and by whom. */
export interface Certifying {
  readonly year: number;
  readonly by: 'self' | 'officer';
  /** `self`, `key:…`, `account:…` */
  readonly actor: string;
}

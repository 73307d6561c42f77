export interface Check {
  readonly name: string;
  readonly ok: boolean;
  /** Nothing that the two commands of the README do needs it. */
  readonly optional?: true | undefined;
  readonly detail: string;
  /** The one command that mends it. */
  readonly mend?: string | undefined;
}

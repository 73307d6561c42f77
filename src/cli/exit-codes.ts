/** What the command answers to the shell; told in every `--help`. */
export const exitCodes = {
  done: 0,
  /** The answer is no: declined, refused, failed vectors. */
  no: 1,
  /** Wrong use or wrong input. */
  wrongUse: 2,
  /** A part of the machine is missing: no PC/SC service, no database. */
  partMissing: 3,
} as const;

export const exitCodesHelp = `
Exit codes: 0 done · 1 the answer is no (declined, refused, failed) · 2 wrong use or wrong input · 3 a part is missing (PC/SC service, database)`;

/** Ends a command with one line for people, a stable code for scripts and, where there is one, the next thing to do. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  constructor(
    readonly code: string,
    message: string,
    readonly exitCode: number = exitCodes.wrongUse,
    readonly hint?: string,
  ) {
    super(message);
  }
}

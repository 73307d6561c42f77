import { CommanderError } from 'commander';
import { createProgram } from './create-program.js';
import { exitCodes } from './exit-codes.js';
import { reportError } from './report-error.js';

/** Does what the command line asks for, in this process; what it answers to the shell is then `process.exitCode`. */
export async function runCommand(): Promise<void> {
  try {
    await createProgram().parseAsync();
  } catch (error) {
    process.exitCode = await exitCodeOf(error);
  }
}

/** Tells an error that has ended the command. Returns the exit code. */
export async function exitCodeOf(error: unknown): Promise<number> {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.wrongUse;
  return reportError(error, { json: process.argv.includes('--json') });
}

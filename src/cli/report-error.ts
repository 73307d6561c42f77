import { coloursFor } from './colours.js';
import guide from './error-guide.json';
import { CommandError, exitCodes } from './exit-codes.js';
import systemHints from './system-hints.json';
import { isOutputUnread } from './unread-output.js';

/** An error as the shell is told of it: lines for people, a stable code for scripts, and what to do next. */
interface Report {
  readonly code: string;
  readonly message: string;
  readonly exitCode: number;
  readonly hint?: string | undefined;
}

interface Guidance {
  readonly exitCode?: number;
  readonly hint?: string;
  /** `pcsc`: the way to the readers is looked at, and the first command that mends it is the hint. */
  readonly mend?: string;
}

/** By the system's own names of its errors. */
const hintsOfSystem: Readonly<Record<string, string>> = systemHints;

const guides: Readonly<Record<string, Readonly<Record<string, Guidance>>>> = guide;

/**
 * Tells an error on standard error, and with `--json` as the one document on standard output. Errors with a stable code
 * come from all rooms; `error-guide.json` says what each means for a shell. Returns the exit code. What was called off
 * because nobody reads it is no error.
 */
export async function reportError(error: unknown, { json }: { readonly json: boolean }): Promise<number> {
  const { code, message, exitCode, hint } = await toReport(error);
  if (code === 'called-off' && isOutputUnread()) return exitCodes.done;
  if (json) process.stdout.write(`${JSON.stringify({ error: { code, message, hint } })}\n`);
  const colours = coloursFor(process.stderr);
  process.stderr.write(`${colours.red('error')} ${message} ${colours.dim(`[${code}]`)}\n`);
  if (hint) process.stderr.write(`      ${hint}\n`);
  return exitCode;
}

async function toReport(error: unknown): Promise<Report> {
  if (error instanceof CommandError) return error;
  const {
    name = '',
    code,
    message = String(error),
  } = (error ?? {}) as { name?: string; code?: string; message?: string };
  const byCode = guides[name];
  if (byCode && typeof code === 'string') {
    const { exitCode = exitCodes.wrongUse, hint, mend } = byCode[code] ?? byCode['*'] ?? {};
    return { code, message, exitCode, hint: mend === 'pcsc' ? await mendReaders() : hint };
  }
  if (isOfSystem(error)) {
    const hint = hintsOfSystem[error.code ?? ''];
    return { code: 'system-error', message: error.message, exitCode: exitCodes.wrongUse, hint };
  }
  return {
    code: 'internal-error',
    message: `Yongtap failed: ${message}`,
    exitCode: exitCodes.no,
    hint: process.env.YONGTAP_DEBUG
      ? (error as { stack?: string }).stack
      : 'This should not happen. YONGTAP_DEBUG=1 shows where it did.',
  };
}

async function mendReaders(): Promise<string> {
  const { diagnosePcsc } = await import('../readers/index.js');
  const finding = (await diagnosePcsc()).find(({ ok }) => !ok);
  return finding?.mend ? `Mend it with: ${finding.mend}` : 'yongtap doctor says what is missing.';
}

/** Of a disk that is full or fails: told of a write, which knows no path, or by the database of a lock. */
const diskFailures = new Set(['ENOSPC', 'EDQUOT', 'EFBIG', 'EIO', 'SQLITE_FULL']);

/** A file that is not there, a folder that may not be written: Node's message names the call and the path. */
function isOfSystem(error: unknown): error is NodeJS.ErrnoException {
  if (!(error instanceof Error && 'code' in error)) return false;
  return ('syscall' in error && 'path' in error) || diskFailures.has(String(error.code));
}

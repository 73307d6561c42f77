import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { holdFolder } from '../../folders/hold-folder.js';
import type { HeldLock } from '../../folders/lock-file.js';
import { makeFolder } from '../../folders/make-folder.js';
import { CommandError } from '../exit-codes.js';
import { writeWhole } from '../write-whole.js';

const OWNER_ONLY = { folder: 0o700, file: 0o600 };

/** Who serves the accounts of a folder, for whoever comes second. */
const holderSchema = z.object({ process: z.int().positive(), url: z.string().max(300) });

/** The folder of an issuer's accounts, which no other issuer serves meanwhile. */
export interface IssuerFolder extends HeldLock {
  /** Says where this issuer listens. */
  tellWhere(url: string): Promise<void>;
}

/**
 * Holds the folder of an issuer, which is made where it is missing: the lock ends with the process, however it ends. Throws
 * {@link CommandError} `folder-in-use` with who has it, and the system's error.
 */
export async function holdIssuerFolder(folder: string): Promise<IssuerFolder> {
  makeFolder(folder, OWNER_ONLY.folder);
  const path = join(folder, 'serving.json');
  const held = holdFolder(folder);
  if (held === undefined) {
    const hint = 'Use that one, or end it; or give another folder with --data.';
    throw new CommandError('folder-in-use', `${folder} is served by another issuer${holderIn(path)}`, undefined, hint);
  }
  // What was left by one that was killed is not this one's.
  rmSync(path, { force: true });
  return {
    tellWhere: (url) => writeWhole(path, `${JSON.stringify({ process: process.pid, url })}\n`, OWNER_ONLY.file),
    release: () => {
      rmSync(path, { force: true });
      held.release();
    },
  };
}

/** Nothing of one that is only just starting. */
function holderIn(path: string): string {
  try {
    const { process: pid, url } = holderSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
    return `: process ${pid}, at ${url}`;
  } catch {
    return '';
  }
}

import { diagnosePcsc } from '../../readers/index.js';

export interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
  /** The one command that mends it. */
  readonly mend?: string | undefined;
}

/** What of this machine is ready, in the order in which it would be mended. */
export async function diagnose(): Promise<Check[]> {
  return [checkNode(), await checkDatabase(), ...(await diagnosePcsc())];
}

function checkNode(): Check {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const ok = major > 20 || (major === 20 && minor >= 19);
  return { name: 'Node.js', ok, detail: `${process.versions.node} (20.19 or newer is needed)` };
}

async function checkDatabase(): Promise<Check> {
  try {
    const { default: Database } = await import('libsql');
    const database = new Database(':memory:');
    const { version } = database.prepare('select sqlite_version() as version').get() as { version: string };
    database.close();
    return { name: 'embedded database', ok: true, detail: `libsql, SQLite ${version}` };
  } catch (error) {
    return { name: 'embedded database', ok: false, detail: (error as Error).message, mend: 'npm ci' };
  }
}

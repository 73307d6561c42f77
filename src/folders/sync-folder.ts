import { open } from 'node:fs/promises';

/** What was named in a folder outlives a loss of power once the folder does; not every system can say so. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r').catch(() => undefined);
  await folder?.sync().catch(() => {});
  await folder?.close();
}

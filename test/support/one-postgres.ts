import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, watch, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { type PostgresCluster, startPostgres } from './start-postgres.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** Gone with all that is in it when the run ends. There its tests ask for the PostgreSQL server and find where it is. */
    readonly runFolder: string;
  }
}

export const WANTED = 'wanted';
export const URL = 'url';
export const FAILED = 'failed';

/** One server for all tests of a run, started when the first of them asks: starting one for each file takes minutes. */
export default function setup(project: TestProject): () => Promise<void> {
  const desk = mkdtempSync(join(tmpdir(), 'yongtap-run-'));
  project.provide('runFolder', desk);
  let starting: Promise<PostgresCluster> | undefined;
  const put = (name: string, text: string) => {
    writeFileSync(join(desk, `${name}.draft`), text);
    renameSync(join(desk, `${name}.draft`), join(desk, name));
  };
  const watcher = watch(desk, () => {
    if (starting || !existsSync(join(desk, WANTED))) return;
    starting = startPostgres();
    starting.then(
      async (cluster) => put(URL, await cluster.createDatabase()),
      (error: Error) => put(FAILED, error.message),
    );
  });
  return async () => {
    watcher.close();
    await (await starting?.catch(() => undefined))?.stop();
    rmSync(desk, { recursive: true, force: true });
  };
}

/** The URL of an empty database of the run's server, where others can be made. Throws where it does not start. */
export async function urlOfOnePostgres(desk: string): Promise<string> {
  const at = (name: string) => join(desk, name);
  writeFileSync(at(WANTED), '');
  while (!existsSync(at(URL))) {
    if (existsSync(at(FAILED))) throw new Error(readFileSync(at(FAILED), 'utf8'));
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return readFileSync(at(URL), 'utf8');
}

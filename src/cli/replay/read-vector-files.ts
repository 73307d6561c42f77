import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type VectorFile, vectorFileSchema } from './vector.js';

export interface ReadVectorFile {
  readonly path: string;
  readonly file: VectorFile;
}

export interface UnreadableFile {
  readonly path: string;
  readonly reason: string;
}

/** All `*.json` files of the paths, folders walked in the order of their names. A path that is not there is unreadable. */
export async function readVectorFiles(
  paths: readonly string[],
): Promise<{ files: ReadVectorFile[]; unreadable: UnreadableFile[] }> {
  const files: ReadVectorFile[] = [];
  const unreadable: UnreadableFile[] = [];
  for (const path of paths) {
    const found = await listJsonFiles(path).catch((error: Error) => error);
    if (found instanceof Error) {
      unreadable.push({ path, reason: found.message });
      continue;
    }
    if (found.length === 0) unreadable.push({ path, reason: 'no *.json file below this folder' });
    for (const file of found) {
      const result = await readVectorFile(file);
      if ('reason' in result) unreadable.push(result);
      else files.push(result);
    }
  }
  return { files, unreadable };
}

async function listJsonFiles(path: string): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

async function readVectorFile(path: string): Promise<ReadVectorFile | UnreadableFile> {
  try {
    return { path, file: vectorFileSchema.parse(JSON.parse(await readFile(path, 'utf8'))) };
  } catch (error) {
    return { path, reason: error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message };
  }
}

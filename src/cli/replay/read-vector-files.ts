import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { issueText } from '../../../emv/schema-issues.js';
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
    const found = await listFiles(path).catch((error: Error) => error);
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

async function listFiles(path: string): Promise<string[]> {
  return (await stat(path)).isDirectory() ? listFolder(path, []) : [path];
}

/** Links are followed, but never back into a folder that leads to them. */
async function listFolder(folder: string, above: readonly string[]): Promise<string[]> {
  const real = await realpath(folder);
  if (above.includes(real)) return [];
  const files: string[] = [];
  for (const name of (await readdir(folder)).sort()) {
    const path = join(folder, name);
    if ((await stat(path)).isDirectory()) files.push(...(await listFolder(path, [...above, real])));
    else if (name.endsWith('.json')) files.push(path);
  }
  return files;
}

async function readVectorFile(path: string): Promise<ReadVectorFile | UnreadableFile> {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path)));
    const parsed = vectorFileSchema.safeParse(value);
    if (parsed.success) return { path, file: parsed.data };
    return { path, reason: parsed.error.issues.map((issue) => issueText(value, issue)).join('; ') };
  } catch (error) {
    return { path, reason: (error as Error).message };
  }
}

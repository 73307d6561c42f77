import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { isFareFile } from '../load-fare-source.js';
import { optionOf } from './gateway-options.js';
import type { ResolvedOption } from './resolve-config.js';

/** What is wrong with the files that options name, each with who named it: a gateway would find one after the other. */
export async function unreadableFiles(options: readonly ResolvedOption[]): Promise<readonly string[]> {
  const named = options.flatMap((option) =>
    filesOf(option).map((path) => ({ path, place: option.place ?? option.source })),
  );
  const found = await Promise.all(
    named.map(async ({ path, place }) => ({ path, place, problem: await problemOf(path) })),
  );
  return found.flatMap(({ path, place, problem }) => (problem === undefined ? [] : [`${place}: ${path}: ${problem}`]));
}

function filesOf({ name, value }: ResolvedOption): readonly string[] {
  const { path } = optionOf(name);
  if (value === undefined || path === undefined || path === 'folder') return [];
  const all = [value].flat() as string[];
  return path === 'fare' ? all.filter(isFareFile) : all;
}

async function problemOf(path: string): Promise<string | undefined> {
  try {
    await access(path, constants.R_OK);
    return (await stat(path)).isDirectory() ? 'it is a folder' : undefined;
  } catch {
    return 'there is no such file, or it cannot be read';
  }
}

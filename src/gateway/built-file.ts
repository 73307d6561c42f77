import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A program of a thread as it was built into `dist`, from wherever the caller was put together. */
export function builtFile(name: string): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    for (const path of [join(folder, name), join(folder, 'dist', name)]) if (existsSync(path)) return path;
    if (folder === dirname(folder)) throw new Error(`${name} was not built`);
  }
}

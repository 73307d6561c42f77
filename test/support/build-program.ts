import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface BuiltProgram {
  readonly path: string;
  remove(): void;
}

/**
 * A TypeScript file of the repository, and what it imports, as one JavaScript file: to be run by a process of its own,
 * or imported where it has to be as fast as it is shipped (through the test runner each call of another module takes
 * several times as long). It lies where Node finds the packages that it imports.
 */
export async function buildProgram(entry: string): Promise<BuiltProgram> {
  const name = basename(entry, '.ts');
  const cache = join(root, 'node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, `yongtap-${name}-`));
  const path = join(folder, `${name}.mjs`);
  await build({
    entryPoints: [join(root, entry)],
    outfile: path,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    loader: { '.yaml': 'text' },
  });
  return { path, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

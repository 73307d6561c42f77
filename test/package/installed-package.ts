import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';

const root = process.cwd();
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

export interface InstalledPackage {
  /** A project of somebody else's, in which the package is installed. */
  readonly project: string;
  /** What the tarball holds, by path. */
  readonly files: readonly string[];
  read(path: string): string;
}

/**
 * Packs the package and unpacks it into an empty project. Its dependencies are those of this checkout, so that nothing
 * has to be fetched; what the package does not declare is not there.
 */
export function installPackage(): InstalledPackage {
  const folder = mkdtempSync(join(tmpdir(), 'yongtap-package-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const options = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder];
  const [{ filename }] = JSON.parse(execFileSync('npm', options, { cwd: root, encoding: 'utf8' }));
  const project = join(folder, 'project');
  const installed = join(project, 'node_modules', 'yongtap');
  mkdirSync(installed, { recursive: true });
  execFileSync('tar', ['xzf', join(folder, filename), '-C', installed, '--strip-components=1']);
  for (const name of [...Object.keys(manifest.dependencies), '@types/node']) link(name, project);
  mkdirSync(join(project, 'node_modules', '.bin'));
  symlinkSync(join(installed, manifest.bin.yongtap), join(project, 'node_modules', '.bin', 'yongtap'));
  writeFileSync(join(project, 'package.json'), '{ "type": "module" }\n');
  const listed = execFileSync('tar', ['tzf', join(folder, filename)], { encoding: 'utf8' });
  return {
    project,
    files: listed
      .trim()
      .split('\n')
      .map((path) => path.replace(/^package\//, '')),
    read: (path) => readFileSync(join(installed, path), 'utf8'),
  };
}

function link(name: string, project: string): void {
  const place = join(project, 'node_modules', name);
  mkdirSync(dirname(place), { recursive: true });
  symlinkSync(join(root, 'node_modules', name), place);
}

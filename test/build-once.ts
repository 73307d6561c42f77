import { execFileSync } from 'node:child_process';

/** Tests that run `yongtap` as a process, or install the package, find dist/ as its sources are now. */
export function setup(): void {
  execFileSync(process.execPath, ['scripts/build.mjs', '--if-stale'], { stdio: 'inherit' });
}

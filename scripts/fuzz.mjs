// Fuzzes the decoders: npm run fuzz -- [--target NAME] [--seconds N] [--seed N] [--input FILE] [--list] [--json]
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { bundling } from './bundling.mjs';

// Beside the packages, so that those that stay outside are found.
const folder = mkdtempSync(join('node_modules', '.fuzz-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(130));

await build({
  entryPoints: ['test/fuzz/main.ts', 'test/fuzz/worker.ts'],
  outdir: folder,
  ...bundling,
  sourcemap: 'inline',
});
process.setSourceMapsEnabled(true);
await import(pathToFileURL(join(folder, 'main.js')).href);

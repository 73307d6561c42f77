// Bundles the command and the library's entry points into dist/, and writes their types.
// --no-types leaves the types out, --if-stale does nothing where dist/ is newer than its sources.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { bundling } from './bundling.mjs';
import { declareJson } from './declare-json.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

const sources = [
  'emv',
  'simulator',
  'src',
  'types',
  'package.json',
  'scripts/build.mjs',
  'scripts/bundling.mjs',
  'scripts/declare-json.mjs',
  'tsconfig.types.json',
];
const changedAt = (path) => {
  const found = statSync(path);
  if (!found.isDirectory()) return found.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => changedAt(join(path, name))));
};
const builtAt = Math.min(
  ...['dist/cli.js', 'dist/types/emv/index.d.ts']
    .map((name) => join(root, name))
    .map((path) => (existsSync(path) ? statSync(path).mtimeMs : 0)),
);
if (process.argv.includes('--if-stale') && sources.every((name) => changedAt(join(root, name)) < builtAt)) {
  process.exit(0);
}

/** V8 reads data faster as a string given to JSON.parse than as the object that esbuild would write. */
const parsedJson = {
  name: 'parsed-json',
  setup: ({ onLoad }) =>
    onLoad({ filter: /\/(emv|simulator|src)\/.*\.json$/ }, async ({ path }) => {
      const text = JSON.stringify(JSON.parse(await readFile(path, 'utf8')));
      return { contents: `export default /* @__PURE__ */ JSON.parse(${JSON.stringify(text)});`, loader: 'js' };
    }),
};

rmSync(join(root, 'dist'), { recursive: true, force: true });

await build({
  absWorkingDir: root,
  entryPoints: {
    cli: 'src/cli/main.ts',
    'run-command': 'src/cli/run-command.ts',
    'fleet-worker': 'src/cli/fleet/worker.ts',
    'examiner-thread': 'src/gateway/intake/examination/examiner-thread.ts',
    'keeper-thread': 'src/gateway/keeper-thread.ts',
    'libsql-thread': 'src/gateway/storage/libsql/thread/connection-thread.ts',
    emv: 'emv/index.ts',
    simulator: 'simulator/index.ts',
    readers: 'src/readers/index.ts',
    tap: 'src/tap/index.ts',
    terminal: 'src/terminal/index.ts',
    gateway: 'src/gateway/index.ts',
  },
  outdir: 'dist',
  ...bundling,
  charset: 'utf8',
  plugins: [parsedJson],
  chunkNames: 'chunks/[name]-[hash]',
});

if (!process.argv.includes('--no-types')) {
  const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');
  const types = spawnSync(process.execPath, [tsc, '-p', join(root, 'tsconfig.types.json')], { stdio: 'inherit' });
  declareJson(root, join(root, 'dist', 'types'));
  process.exitCode = types.status ?? 1;
}

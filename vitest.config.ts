import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [
    {
      name: 'yaml-as-text',
      transform: (text, id) => (id.endsWith('.yaml') ? `export default ${JSON.stringify(text)}` : undefined),
    },
  ],
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/build-once.ts'],
    exclude: ['test/bench/**'],
    // Half of the tests wait for processes they started: a worker for each core, where Vitest would leave one free.
    maxWorkers: availableParallelism(),
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});

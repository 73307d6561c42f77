import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const stateless = [
  'emv',
  'simulator',
  'tap',
  'gateway/{evidence,fares,membership,intake,settlement,storage,lists,audit,benefits,jobs,webhooks,people,messages,certification,cards,units,identity,collection}',
].map((room) => `test/${room}/**/*.test.ts`);

export default defineConfig({
  plugins: [
    {
      name: 'yaml-as-text',
      transform: (text, id) => (id.endsWith('.yaml') ? `export default ${JSON.stringify(text)}` : undefined),
    },
  ],
  test: {
    globalSetup: ['test/build-once.ts', 'test/support/one-postgres.ts', 'test/support/commands/hosts.ts'],
    // Half of the tests wait for processes they started: one worker more than there are cores.
    maxWorkers: availableParallelism() + 1,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      // Tests of what has no state of its own share a worker, and what it has loaded: that is most of their time.
      { extends: true, test: { name: 'functions', include: stateless, isolate: false, benchmark: { include: [] } } },
      {
        extends: true,
        test: { name: 'processes', include: ['test/**/*.test.ts'], exclude: ['test/bench/**', ...stateless] },
      },
    ],
  },
});

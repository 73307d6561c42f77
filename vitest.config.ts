import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** What starts and ends processes, listens to signals, or keeps the service of the readers to itself. */
const alone = [
  'bench/**',
  'cli/{contact,readers}/**',
  'cli/{demo,gateway,present,until-interrupted}.test.ts',
  'cli/tap/{faults,loop}.test.ts',
  'docs/readers.test.ts',
  'fuzz/**',
  'package/**',
  'readers/**',
  'gateway/{backup,inbox,telemetry}/**',
  'gateway/settlement/killed-gateways.test.ts',
  'gateway/http/{faults,four-gateways,fuzz,lost-database,stopping,tls}.test.ts',
  'terminal/queue/**',
].map((path) => `test/${path}`);

export default defineConfig({
  plugins: [
    {
      name: 'yaml-as-text',
      transform: (text, id) => (id.endsWith('.yaml') ? `export default ${JSON.stringify(text)}` : undefined),
    },
  ],
  test: {
    setupFiles: ['test/support/close-at-end.ts'],
    globalSetup: ['test/build-once.ts', 'test/support/one-postgres.ts', 'test/support/commands/hosts.ts'],
    // Half of the tests wait for processes they started: one worker more than there are cores.
    maxWorkers: availableParallelism() + 1,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      // Tests that leave nothing behind in their process share a worker, and what it has loaded: that is most of their time.
      {
        extends: true,
        test: {
          name: 'functions',
          include: ['test/**/*.test.ts'],
          exclude: alone,
          isolate: false,
          benchmark: { include: [] },
        },
      },
      {
        extends: true,
        test: {
          name: 'processes',
          include: alone.map((path) => (path.endsWith('.ts') ? path : `${path}/*.test.ts`)),
          exclude: ['test/bench/**'],
        },
      },
    ],
  },
});

import { expect, it } from 'vitest';
import { publishJobs } from '../../../src/gateway/lists/list-jobs.js';
import type { ListOptions } from '../../../src/gateway/lists/list-options.js';
import { listPolicy } from '../../../src/gateway/lists/list-policy.js';
import { eachEngine } from '../storage/each-engine.js';

eachEngine('lists that are published by themselves', (engine) => {
  it('come out all but the one that cannot be made, which is told and tried again', async () => {
    const database = await engine.open();
    const published: string[] = [];
    const options = { database, clock: () => new Date(), policy: listPolicy } as ListOptions;
    const [, others] = publishJobs(options, async (kind) => {
      if (kind === 'members') throw new Error('no');
      published.push(kind);
    });
    const run = () => others!.run(new AbortController().signal);
    await expect(run()).rejects.toThrow('no');
    expect(published).toEqual(['ca-keys', 'tariffs', 'parameters']);
    await expect(run()).rejects.toThrow('no');
    expect(published).toHaveLength(6);
  });
});

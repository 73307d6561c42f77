import { expect, test } from 'vitest';
import { readAhead } from '../../../src/gateway/http/read-ahead.js';

async function* counting(told: string[], until: number, error?: Error): AsyncGenerator<number> {
  try {
    for (let number = 1; number <= until; number++) {
      told.push(`made ${number}`);
      yield number;
    }
    if (error) throw error;
  } finally {
    told.push('ended');
  }
}

test('items come in order, and so many are asked for before they are needed', async () => {
  const told: string[] = [];
  for await (const number of readAhead(counting(told, 4), 2)) told.push(`took ${number}`);
  expect(told).toEqual(['made 1', 'made 2', 'took 1', 'made 3', 'took 2', 'made 4', 'took 3', 'ended', 'took 4']);
});

test('what is thrown comes in its turn', async () => {
  const told: string[] = [];
  const reading = async () => {
    for await (const number of readAhead(counting(told, 2, new Error('torn')), 3)) told.push(`took ${number}`);
  };
  await expect(reading()).rejects.toThrow('torn');
  expect(told).toEqual(['made 1', 'made 2', 'ended', 'took 1', 'took 2']);
});

test('an item is not kept back until the next one is there', async () => {
  async function* stuck(): AsyncGenerator<number> {
    yield 1;
    await new Promise(() => {});
  }
  const { value } = await readAhead(stuck(), 2).next();
  expect(value).toBe(1);
});

test('whoever stops early ends the source, and its late error reaches nobody', async () => {
  const told: string[] = [];
  for await (const number of readAhead(counting(told, 1, new Error('torn')), 2)) {
    told.push(`took ${number}`);
    break;
  }
  await new Promise((resolve) => setImmediate(resolve));
  expect(told).toEqual(['made 1', 'ended', 'took 1']);
});

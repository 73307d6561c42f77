import { expect, test } from 'vitest';
import { pinEntry } from '../../../src/cli/tap/contact/pin/pin-entry.js';

function passedOver(given: readonly string[] | undefined) {
  const told: string[] = [];
  return { told, pins: pinEntry(given, undefined, (why) => told.push(why)) };
}

test('without a PIN the holder is told how to give one, once', async () => {
  const { pins, told } = passedOver(undefined);
  await pins.enter({ purpose: 'offline', previousWrong: false, triesLeft: 3 });
  await pins.enter({ purpose: 'online', previousWrong: false });
  expect(told).toEqual(['the card asks for a PIN, and it is passed over: --pin gives it']);
});

test('a PIN that was wrong is told as that, with the tries that are left', async () => {
  const { pins, told } = passedOver(['1111']);
  expect(await pins.enter({ purpose: 'offline', previousWrong: false, triesLeft: 3 })).toBe('1111');
  expect(told).toEqual([]);
  expect(await pins.enter({ purpose: 'offline', previousWrong: true, triesLeft: 2 })).toBeUndefined();
  expect(told).toEqual([
    'the PIN was wrong (2 tries left), and the card asks again: it is passed over, as --pin gives no other',
  ]);
});

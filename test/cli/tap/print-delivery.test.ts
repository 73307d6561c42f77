import { expect, test } from 'vitest';
import { coloursFor } from '../../../src/cli/colours.js';
import { printDelivery } from '../../../src/cli/tap/print-delivery.js';

test('a record that the gateway does not take is told with its code: there is no tap to show', () => {
  const answer = { sequence: 3, result: 'refused', code: 'request-invalid' } as const;
  const lines = printDelivery({ answer, isRefused: true }, undefined, coloursFor({}), 'en');
  expect(lines).toEqual(['', 'refused by the gateway: it does not take this record [request-invalid]']);
});

test('a tap that waits is told of elsewhere', () => {
  expect(printDelivery({ isRefused: false }, undefined, coloursFor({}), 'en')).toEqual([]);
});

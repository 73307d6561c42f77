import { expect, it } from 'vitest';
import { pageOf } from '../../../src/gateway/http/page-of.js';

it('shows what was asked for, and tells where to go on only where there is more', () => {
  const cursorOf = (last: number) => `after ${last}`;
  expect(pageOf([1, 2, 3], 2, cursorOf)).toEqual({ items: [1, 2], next: 'after 2' });
  expect(pageOf([1, 2], 2, cursorOf)).toEqual({ items: [1, 2] });
  expect(pageOf([], 2, cursorOf)).toEqual({ items: [] });
});

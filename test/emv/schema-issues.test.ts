import { expect, test } from 'vitest';
import { issueText } from '../../emv/schema-issues.js';

const issue = (path: readonly PropertyKey[], code = 'invalid_type') => ({ code, path, message: 'a text is wanted' });

test.each([
  ['a field that is not there', {}, issue(['name']), 'name is missing'],
  ['one inside a list', { cards: [{ pan: '1' }, {}] }, issue(['cards', 1, 'pan']), 'cards.1.pan is missing'],
  ['one that is there, and wrong', { name: 1 }, issue(['name']), 'name: a text is wanted'],
  ['one that is null', { name: null }, issue(['name']), 'name: a text is wanted'],
  ['nothing at all', undefined, issue([]), 'the file: a text is wanted'],
  ['a rule’s own words for a field', {}, issue(['name'], 'custom'), 'name: a text is wanted'],
  ['what only a prototype has', {}, issue(['toString']), 'toString is missing'],
])('%s is told in plain words', (_, value, wrong, text) => {
  expect(issueText(value, wrong, 'the file')).toBe(text);
});

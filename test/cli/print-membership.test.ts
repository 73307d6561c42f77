import { expect, it } from 'vitest';
import { coloursFor } from '../../src/cli/colours.js';
import { printListed, printMembership } from '../../src/cli/receipt/print-membership.js';

it('claims no reason that a list cannot know, and says who tells it', () => {
  expect(printListed('yes', 'en')).toBe('member: yes, on the list of members');
  expect(printListed('no', 'en')).toMatch(
    /^member: no, not on the list of members: .* or .*; the gateway tells which$/,
  );
  expect(printListed('unknown', 'zh')).toMatch(/^会员：未知/);
});

it('says what the gateway says, and what is lost by it', () => {
  const words = { text: 'not certified', textZh: '未认证' };
  const lost = [{ campaign: 'metro', text: 'metro at 80%: not certified', textZh: '地铁八折：未认证' }];
  const membership = { entitled: false, reason: 'not-certified', ...words };
  expect(printMembership({ ...membership, lost }, coloursFor({}), 'en')).toEqual([
    'member: no, not certified',
    'lost metro at 80%: not certified',
  ]);
  expect(printMembership(membership, coloursFor({}), 'zh')).toEqual(['会员：否，未认证']);
});

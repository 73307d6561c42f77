import { expect, it } from 'vitest';
import { memberLine } from '../../src/cli/members/print-member.js';

it('tells a member in one line: each year once, cards by their masks', () => {
  const certifications = [{ year: 2016 }, { year: 2016 }, { year: 2017 }];
  const cards = [{ mask: '622800*********0017' }];
  expect(memberLine({ member: 'A1', name: '陈敏', unit: '海曙小学', certifications, cards })).toBe(
    'A1  陈敏  海曙小学  2016 2017  622800*********0017',
  );
  expect(memberLine({ member: 'A2', name: '王强', certifications: [], cards: [] })).toBe('A2  王强');
});

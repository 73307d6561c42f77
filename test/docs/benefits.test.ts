import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import conditionRefusals from '../../src/gateway/benefits/entitlement/condition-refusals.json' with { type: 'json' };
import claimRefusals from '../../src/gateway/benefits/offers/claim-refusals.json' with { type: 'json' };
import { offerSchema } from '../../src/gateway/benefits/offers/index.js';

const page = readFileSync('docs/benefits.md', 'utf8');
const [, text = ''] = /```yaml\n(.*?)```/s.exec(page)!;

test('the offer that the page shows is one, and shows every field', () => {
  const shown = parse(text);
  expect(offerSchema.parse(shown).items).toHaveLength(2);
  expect(Object.keys(shown).sort()).toEqual(Object.keys(offerSchema.shape).sort());
});

test('every reason of offers and of conditions is told', () => {
  for (const code of Object.keys({ ...claimRefusals, ...conditionRefusals })) expect(page).toContain(`\`${code}\``);
});

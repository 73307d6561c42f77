import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { cardAdditionalProcesses } from '../../simulator/card/index.js';
import {
  createTestPki,
  type ExpectedOutcome,
  expectedOutcomes,
  issueCard,
  loadProfile,
  openCard,
  profileNames,
} from '../../simulator/index.js';
import { profileSchema } from '../../simulator/personalization/profile/profile-schema.js';
import { createSoftwareChannel } from '../../src/readers/index.js';
import { tapCard, terminalProfiles } from '../../src/terminal/index.js';
import { seededRandom, validator } from '../terminal/tap/tap-fixture.js';

const page = readFileSync('docs/card-profiles.md', 'utf8');

test('the profile that the page shows taps as the page says', async () => {
  const [, text] = /```yaml\n(.*?)```/s.exec(page)!;
  const card = openCard(issueCard(loadProfile(text!), createTestPki()), { random: seededRandom() });
  const channel = createSoftwareChannel(card, 'demanding');
  const taps = [
    ...page.matchAll(/yongtap tap --card demanding\.json --profile (\S+)(?: --amount (\d+))? +# ([a-z-]+)/g),
  ];
  expect(taps).toHaveLength(4);
  for (const [line, profile, yuan, reason] of taps) {
    await channel.reset();
    const result = await tapCard({
      ...validator(channel),
      profile: terminalProfiles[profile as keyof typeof terminalProfiles],
      place: { line: '2', region: 'urban', merchant: 'sanjiang' },
      clock: () => new Date('2026-03-02T00:05:00Z'),
      ...(yuan !== undefined && { amountFen: Number(yuan) * 100 }),
    });
    expect(result.reason, line).toBe(reason);
  }
  const [{ purse, counters, log }] = card.inspect().applications as [
    ReturnType<typeof card.inspect>['applications'][0],
  ];
  expect(page).toContain(
    `${(purse.balanceFen / 100).toFixed(2)} yuan left, ${counters.applicationTransactionCounter} transactions, ${log.length} in the log`,
  );
});

test('the table of the profiles in the box is that of the box', () => {
  const codes = (outcome: ExpectedOutcome | undefined) =>
    Object.values(outcome ?? {})
      .map((code) => `\`${code}\``)
      .join(', ');
  const rows = profileNames().map((name) => {
    const { tapped, inserted } = expectedOutcomes(name)!;
    return `| \`${name}\` | ${loadProfile(name).title} | ${codes(tapped)} | ${codes(inserted)} |`;
  });
  expect(page).toContain(`\n${rows.join('\n')}\n\n`);
});

test.each(cardAdditionalProcesses)('the page names the process %s', (name) => {
  expect(page).toContain(`\`${name}\``);
});

test('the page explains each field that a profile can have', () => {
  const { applications, ...card } = profileSchema.shape;
  const { electronicCash, ...application } = applications.element.shape;
  const fields = [card, application, electronicCash.unwrap().shape].flatMap((shape) => Object.keys(shape));
  expect(fields.filter((field) => !page.includes(`\`${field}\``))).toEqual([]);
  expect(fields.length).toBeGreaterThan(30);
});

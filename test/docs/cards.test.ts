import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import flaws from '../../simulator/card/card-flaws.json' with { type: 'json' };
import { cardAdditionalProcesses } from '../../simulator/card/index.js';
import {
  createTestPki,
  type ExpectedOutcome,
  editableState,
  expectedOutcomes,
  issueCard,
  loadProfile,
  openCard,
  profileNames,
} from '../../simulator/index.js';
import { profileSchema } from '../../simulator/personalization/profile/profile-schema.js';
import { createSoftwareChannel } from '../../src/readers/index.js';
import { tapCard, terminalProfiles } from '../../src/terminal/index.js';
import { shell, temporaryFolder } from '../cli/support/yongtap.js';
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
  const { electronicCash, state, ...application } = applications.element.shape;
  const shapes = [card, application, electronicCash.unwrap().shape, state.unwrap().shape];
  const fields = shapes.flatMap((shape) => Object.keys(shape));
  expect(fields.filter((field) => !page.includes(`\`${field}\``))).toEqual([]);
  expect(fields.length).toBeGreaterThan(30);
});

test('the page tells of each flaw where it is made, and what a terminal says', () => {
  for (const { name, place, refusal } of flaws) {
    const codes = [...new Set(Object.values(refusal ?? { rsa: 'pan-mismatch' }))].map((code) => `\`${code}\``);
    expect(page).toMatch(new RegExp(`^\\| \`${name}\` \\| ${place} \\| .* \\| ${codes.join(', ')} \\|$`, 'm'));
  }
});

const cards = readFileSync('docs/cards.md', 'utf8');

test('each field that can be changed is named', () => {
  for (const { name, tag } of editableState) {
    expect(cards).toContain(tag === undefined ? `\`${name}\`` : `\`${name}\` or \`${tag}\``);
  }
});

test('the commands that change and copy a card print what the page says', async () => {
  const cwd = temporaryFolder();
  const [, block] = /```sh\n(yongtap card issue service-card-51 -o mine.*?)\n```/s.exec(cards)!;
  for (const line of block!.split('\n')) {
    const [command, told] = line.split(/ +# /) as [string, string];
    const { stdout, stderr } = await shell(command, { cwd });
    expect(stdout + stderr, command).toContain(told);
  }
}, 60_000);

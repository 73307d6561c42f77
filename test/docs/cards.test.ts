import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { cardAdditionalProcesses } from '../../simulator/card/index.js';
import { createTestPki, issueCard, loadProfile, profileNames } from '../../simulator/index.js';

const page = readFileSync('docs/cards.md', 'utf8');

import { profileSchema } from '../../simulator/personalization/profile-schema.js';

test('the profile that the page shows can be issued', () => {
  const [, text] = /```yaml\n(.*?)```/s.exec(page)!;
  const profile = loadProfile(text!);
  const card = issueCard(profile, createTestPki());
  expect(card.profile).toBe(profile.name);
});

test.each(profileNames())('the page lists the profile %s', (name) => {
  expect(page).toContain(`| \`${name}\` |`);
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

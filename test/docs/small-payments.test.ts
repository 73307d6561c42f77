import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { outcomeReasons } from '../../emv/index.js';
import { parsePlace } from '../../src/cli/options/place.js';
import { benchSmallPayment } from '../../src/cli/tap/small-payment/bench-small-payment.js';
import { formatYuan, type TapEvent } from '../../src/tap/index.js';
import { tapCard, terminalProfiles } from '../../src/terminal/index.js';
import { extensionSchema } from '../../src/terminal/small-payment/extension-schema.js';
import { cardOf, gate } from '../terminal/tap/tap-fixture.js';

const page = readFileSync('docs/small-payments.md', 'utf8');

test('the ride that the page shows goes as the page says', async () => {
  const { channel, balance } = cardOf('small-payment');
  const taps = [
    ...page.matchAll(/yongtap tap .*--event (\S+) --place (\S+) --at (\S+) +# ([a-z-]+)(?:, (\S+) yuan)?/g),
  ];
  expect(taps).toHaveLength(4);
  for (const [sequence, [line, event, place, at, reason, yuan]] of taps.entries()) {
    await channel.reset();
    const result = await tapCard({
      ...gate(channel),
      profile: terminalProfiles['metro-gate-offline'],
      smallPayment: benchSmallPayment(),
      sequence: sequence + 1,
      event: event as TapEvent,
      place: await parsePlace(place!),
      clock: () => new Date(at!),
    });
    expect(result.reason, line).toBe(reason);
    if (yuan !== undefined) expect(formatYuan(result.amountFen), line).toBe(yuan);
  }
  expect(page).toContain(`# ${formatYuan(balance())} yuan`);
});

test('the page explains each field of an extension', () => {
  expect(Object.keys(extensionSchema.shape).filter((field) => !page.includes(`\`${field}\``))).toEqual([]);
});

test('every outcome that the page on the kernel names exists', () => {
  const contactless = readFileSync('docs/contactless.md', 'utf8');
  const named = [...contactless.matchAll(/`([a-z]+(?:-[a-z]+){1,4})`/g)].map(([, code]) => code!);
  const options = new Set(
    'approved-offline online-requested before-and-after application-version usage-control effective-date'.split(' '),
  );
  expect(named.filter((code) => !(code in outcomeReasons) && !options.has(code))).toEqual([]);
  expect(named.length).toBeGreaterThan(15);
});

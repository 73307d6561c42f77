import { readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { startYongtap, temporaryFolder, yongtap } from './support/yongtap.js';

interface Told {
  readonly scenes: readonly {
    rider: string;
    accepted: boolean;
    reason: string;
    debitedFen: number;
    gateway?: Gateway;
  }[];
  readonly journeys: readonly {
    fareFen: number;
    discountFen: number;
    netFen: number;
    debitedFen: number;
    dueFen: number;
  }[];
  readonly operators: readonly { grossFen: number; cardFen: number; sponsors: { amountFen: number }[] }[];
  readonly riders: readonly { rider: string; netFen: number; reasons: string[] }[];
  readonly tampering: readonly { status: number; code?: string }[];
  readonly totals: Readonly<Record<string, number>>;
  readonly addsUp: boolean;
}
interface Gateway {
  readonly code?: string;
  readonly receipt?: { journey?: { status: string; netFen: number } };
}

const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0);

test('the morning in Ningbo: each is treated as they should be, and the sums of four sources agree', async () => {
  const cwd = temporaryFolder();
  const { code, stdout, stderr } = await yongtap(['demo', '--json'], { cwd });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const { scenes, journeys, operators, riders, tampering, totals, addsUp } = JSON.parse(stdout) as Told;

  const paid = Object.fromEntries(riders.map(({ rider, netFen, reasons }) => [rider, { netFen, reasons }]));
  expect(paid).toEqual({
    chen: { netFen: 600, reasons: ['member-rate'] },
    wang: { netFen: 200, reasons: ['not-certified'] },
    li: { netFen: 0, reasons: ['no-payment-directory'] },
    zhao: { netFen: 0, reasons: ['card-lost'] },
    nobody: { netFen: 0, reasons: ['offline-data-authentication-failed'] },
  });
  expect(tampering.map(({ status }) => status)).toEqual([200, 409, 422, 422]);

  const receipts = scenes
    .flatMap(({ gateway }) => gateway?.receipt?.journey ?? [])
    .filter(({ status }) => status !== 'open');
  const gross = sum(operators.map(({ grossFen }) => grossFen));
  const discounts = sum(operators.flatMap(({ sponsors }) => sponsors.map(({ amountFen }) => amountFen)));
  expect(gross).toBe(sum(journeys.map(({ fareFen }) => fareFen)));
  expect(discounts).toBe(sum(journeys.map(({ discountFen }) => discountFen)));
  expect(sum(operators.map(({ cardFen }) => cardFen))).toBe(gross - discounts);
  expect(sum(receipts.map(({ netFen }) => netFen))).toBe(gross - discounts);
  expect(sum(riders.map(({ netFen }) => netFen))).toBe(gross - discounts);
  const purses = sum(scenes.map(({ debitedFen }) => debitedFen));
  const refused = sum(scenes.filter(({ gateway }) => gateway?.code).map(({ debitedFen }) => debitedFen));
  expect(purses - refused).toBe(sum(journeys.map(({ debitedFen }) => debitedFen)));
  expect(totals).toMatchObject({ grossFen: gross, sponsorFen: discounts, pursesFen: purses, setAsideFen: refused });
  expect(addsUp).toBe(true);
  expect(readdirSync(cwd), 'nothing is left behind').toEqual([]);
});

test('for people it tells outcome before reasons, the totals, and what to try next', async () => {
  const { code, stdout } = await yongtap(['demo'], { cwd: temporaryFolder() });
  expect(code).toBe(0);
  for (const name of ['陈敏', '王强', '李娜', '赵磊', 'a stranger']) expect(stdout).toContain(name);
  expect(stdout).toMatch(/4\.80 instead of 6\.00 yuan\n +fare +metro[^\n]*\n +member-rate /);
  expect(stdout).not.toContain('campaign-ended');
  expect(stdout).toContain('The totals add up.');
  expect(stdout.slice(stdout.indexOf('What to try next'))).toContain('npx yongtap tap');
});

test('called off in the middle it says so and leaves nothing behind', async () => {
  const cwd = temporaryFolder();
  const child = startYongtap(['demo'], { cwd });
  child.stdout.once('data', () => child.kill('SIGINT'));
  const code = await new Promise((resolve) => child.once('exit', resolve));
  await sleep(0);
  expect(code).toBe(1);
  expect(readdirSync(cwd)).toEqual([]);
});

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { createRecordSeal } from '../../../src/gateway/intake/record-seal.js';
import { canonicalRecord, contentHash } from '../../../src/tap/index.js';
import { eachEngine } from '../storage/each-engine.js';
import { intakeOver, metroRide, PAN } from './intake-fixture.js';

const [entry, exit] = await metroRide();

/** The card number as digits, as packed digits, and the holder's name, as somebody who reads a stolen disk finds them. */
const secrets = [Buffer.from(PAN), Buffer.from(`${PAN}F`, 'hex'), Buffer.from('ZHANG SAN')];

eachEngine('what is kept', (engine) => {
  it('holds no card number and no name, in no form', async () => {
    const database = await engine.open();
    const intake = intakeOver(database);
    const answers = await intake.acceptBatch([
      entry,
      exit,
      { ...entry, place: { station: '泽民' } },
      { ...entry, terminal: 'other' },
      { ...entry, amountFen: 7, terminal: 'forger' },
    ]);
    expect(answers.map(({ result }) => result)).toEqual(['created', 'created', 'conflict', 'refused', 'refused']);
    const tables = [
      'tap_identities',
      'taps',
      'tap_conflicts',
      'tap_cards',
      'card_counters',
      'journeys',
      'charges',
      'entries',
    ];
    for (const table of tables) {
      const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(table)}`.execute(database.kysely);
      expect(rows.length, table).toBeGreaterThan(0);
      for (const value of rows.flatMap((row) => Object.values(row))) {
        const bytes = value instanceof Uint8Array ? Buffer.from(value) : Buffer.from(String(value));
        for (const secret of secrets) {
          expect(bytes.includes(secret)).toBe(false);
          expect(bytes.toString().toUpperCase()).not.toContain(secret.toString('hex').toUpperCase());
        }
      }
    }
    const said = JSON.stringify([
      answers,
      await intake.readTap(answers[0]!.id),
      await intake.exceptions({ limit: 10 }),
    ]);
    expect(said).not.toContain(PAN);
  });

  if (engine.kind === 'libsql')
    it('leaves no card number in any file of the folder', async () => {
      const database = await engine.open();
      await intakeOver(database).acceptBatch([entry, exit]);
      const folder = dirname(database.place);
      const files = readdirSync(folder).map((name) => readFileSync(join(folder, name)));
      expect(files.length).toBeGreaterThan(1);
      expect(files.some((file) => file.includes(entry.terminal))).toBe(true);
      for (const file of files) for (const secret of secrets) expect(file.includes(secret)).toBe(false);
    });
});

it('opens with the same secret only, for the same tap only, and unchanged only', () => {
  const seal = createRecordSeal(new Uint8Array(32).fill(1));
  const text = canonicalRecord(entry);
  const hash = Buffer.from(contentHash(text), 'hex');
  const sealed = seal.seal('tap_1', text, hash);
  expect(seal.open(['tap_1'], sealed)).toEqual(entry);
  expect(seal.seal('tap_1', text, hash)).toEqual(sealed);
  const refusal = expect.objectContaining({ code: 'record-unreadable' });
  expect(() => createRecordSeal(new Uint8Array(32).fill(2)).open(['tap_1'], sealed)).toThrow(refusal);
  expect(() => seal.open(['tap_2'], sealed)).toThrow(refusal);
  for (let place = 0; place < sealed.length; place += 7) {
    const changed = Uint8Array.from(sealed);
    changed[place]! ^= 1;
    expect(() => seal.open(['tap_1'], changed)).toThrow(refusal);
  }
  expect(() => seal.open(['tap_1'], new Uint8Array(3))).toThrow(refusal);
});

import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  type AuditRecord,
  appendAudit,
  auditCommandLine,
  readAudit,
  readAuditHead,
  readAuditLine,
  streamAudit,
  verifyChain,
} from '../../../src/gateway/audit/index.js';
import type { GatewayDatabase } from '../../../src/gateway/storage/index.js';
import { eachEngine } from '../storage/each-engine.js';

const at = new Date('2015-10-06T12:00:00+08:00');

const append = (database: GatewayDatabase, operation: string) =>
  database.inTransaction((transaction) =>
    appendAudit(transaction, {
      at,
      actor: 'key_1',
      operation,
      phase: 'done',
      status: 201,
      parameters: { member: '甬1', date: '2015-10-03' },
      detail: { records: 2 },
    }),
  );

eachEngine('the audit chain', (engine) => {
  it('holds what several processes add at once, and ends where its head says', async () => {
    const location = await engine.newLocation();
    const databases = [await engine.open(location), await engine.open(location)];
    await Promise.all(Array.from({ length: 12 }, (_, index) => append(databases[index % 2]!, `act-${index}`)));
    const [{ kysely }] = databases as [GatewayDatabase];
    const head = await readAuditHead(kysely);
    expect(await verifyChain(streamAudit(kysely), [head])).toEqual({ ok: true, records: 12, head });
    expect(head.sequence).toBe(12);
    expect(await readAudit(kysely, { limit: 5, after: 10 })).toHaveLength(2);
    expect(await readAudit(kysely, { limit: 5, operation: 'act-3' })).toHaveLength(1);
  });

  it('that is written out shows each byte that is another one', async () => {
    const database = await engine.open();
    await append(database, 'act-1');
    await database.inTransaction((transaction) =>
      appendAudit(transaction, { at, actor: 'key_1', operation: 'act-2', phase: 'begun' }),
    );
    const lines: string[] = [];
    for await (const record of streamAudit(database.kysely)) lines.push(JSON.stringify(record));
    const isWhole = async (written: readonly string[]) => {
      const records = written.map(readAuditLine);
      return !records.includes(undefined) && (await verifyChain(records as AuditRecord[])).ok;
    };
    expect(await isWhole(lines)).toBe(true);
    for (const [place, line] of lines.entries()) {
      for (let index = 0; index < line.length; index++) {
        const other = String.fromCharCode(line.charCodeAt(index) ^ 1);
        const changed = `${line.slice(0, index)}${other}${line.slice(index + 1)}`;
        expect(await isWhole(lines.with(place, changed)), changed).toBe(false);
      }
    }
  });

  it('tells what was begun and never done, and no more of what was', async () => {
    const database = await engine.open();
    const tell = (operation: string, phase: 'begun' | 'done', requestId = '') =>
      database.inTransaction((transaction) =>
        appendAudit(transaction, { at, actor: 'key_1', operation, phase, requestId }),
      );
    const unfinished = async () => {
      const verdict = await verifyChain(streamAudit(database.kysely));
      return verdict.ok && (verdict.unfinished?.first.map(({ sequence }) => sequence) ?? []);
    };
    await tell('settle', 'begun', 'r1');
    await tell('settle', 'begun', 'r2');
    await tell('close', 'begun');
    expect(await unfinished()).toEqual([1, 2, 3]);
    await tell('settle', 'done', 'r2');
    await tell('close', 'begun');
    await tell('close', 'done');
    expect(await unfinished()).toEqual([1, 3]);
    await tell('settle', 'done', 'r1');
    expect(await unfinished()).toEqual([3]);
  });

  it('tells an act of the command line before it is done, and of one that fails with what', async () => {
    const database = await engine.open();
    const audited = auditCommandLine(database, () => at);
    const told = async () =>
      (await readAudit(database.kysely, { limit: 9 })).map(({ operation, phase, detail }) => [
        operation,
        phase,
        detail,
      ]);
    const before = await audited({ operation: 'load', act: told, told: () => ({ detail: { loaded: 1 } }) });
    expect(before).toEqual([['load', 'begun', {}]]);
    const failing = audited({ operation: 'close', act: () => Promise.reject({ code: 'service-day-not-over' }) });
    await expect(failing).rejects.toEqual({ code: 'service-day-not-over' });
    expect(await told()).toEqual([
      ['load', 'begun', {}],
      ['load', 'done', { loaded: 1 }],
      ['close', 'begun', {}],
      ['close', 'done', { failed: 'service-day-not-over' }],
    ]);
    expect(await verifyChain(streamAudit(database.kysely))).not.toHaveProperty('unfinished.count');
  });

  it('takes no number for what was undone', async () => {
    const database = await engine.open();
    await append(database, 'kept');
    const undone = database.inTransaction(async (transaction) => {
      await appendAudit(transaction, { at, actor: 'key_1', operation: 'undone', phase: 'done' });
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    await append(database, 'kept too');
    const head = await readAuditHead(database.kysely);
    expect(await verifyChain(streamAudit(database.kysely), [head])).toMatchObject({ ok: true, records: 2 });
  });

  it('tells a change, a removal and a shortening in the database', async () => {
    const database = await engine.open();
    for (const operation of ['a', 'b', 'c']) await append(database, operation);
    const { kysely } = database;
    const head = await readAuditHead(kysely);
    await kysely.updateTable('audit_records').set({ actor: 'key_2' }).where('sequence', '=', 2).execute();
    expect(await verifyChain(streamAudit(kysely))).toEqual({ ok: false, sequence: 2, fault: 'record-changed' });
    await kysely.deleteFrom('audit_records').where('sequence', '>', 1).execute();
    expect(await verifyChain(streamAudit(kysely))).toMatchObject({ ok: true, records: 1 });
    expect(await verifyChain(streamAudit(kysely), [head])).toEqual({
      ok: false,
      sequence: 2,
      fault: 'chain-shortened',
    });
  });
});

it('names the first record that is not as it was written, whatever was done to it', async () => {
  const { chain } = await inMemory();
  const change = fc.oneof(
    fc.constantFrom(
      (record: AuditRecord): AuditRecord => ({ ...record, at: '2015-10-06T04:00:00.001Z' }),
      (record: AuditRecord): AuditRecord => ({ ...record, status: 403 }),
      (record: AuditRecord): AuditRecord => ({ ...record, phase: 'read' }),
      (record: AuditRecord): AuditRecord => ({ ...record, detail: { records: '2' } }),
      (record: AuditRecord): AuditRecord => ({ ...record, parameters: { ...record.parameters, date: '2015-10-04' } }),
      (record: AuditRecord): AuditRecord => ({ ...record, hash: '0'.repeat(64) }),
      (record: AuditRecord): AuditRecord => ({ ...record, previousHash: 'f'.repeat(64) }),
    ),
  );
  await fc.assert(
    fc.asyncProperty(fc.nat(chain.length - 1), change, async (index, alter) => {
      const altered = chain.map((record, place) => (place === index ? alter(record) : record));
      expect(await verifyChain(altered)).toMatchObject({ ok: false, sequence: index + 1 });
      const without = chain.filter((_, place) => place !== index);
      const heads = [{ sequence: chain.length, hash: chain.at(-1)!.hash }];
      expect(await verifyChain(without, heads)).toMatchObject({ ok: false, sequence: index + 1 });
    }),
    { numRuns: 50 },
  );
});

/** A chain that was written anew from some record on is whole in itself: only a head that was kept tells it. */
it('is not fooled by a chain that was written anew, where a head was kept', async () => {
  const [one, other] = [await inMemory(), await inMemory('other')];
  const heads = [{ sequence: 3, hash: one.chain[2]!.hash }];
  expect(await verifyChain(other.chain)).toMatchObject({ ok: true });
  expect(await verifyChain(other.chain, heads)).toEqual({ ok: false, sequence: 3, fault: 'head-differs' });
});

async function inMemory(actor = 'key_1'): Promise<{ readonly chain: readonly AuditRecord[] }> {
  const { FIRST_PREVIOUS_HASH, hashOfRecord } = await import('../../../src/gateway/audit/audit-record.js');
  const chain: AuditRecord[] = [];
  for (let sequence = 1; sequence <= 5; sequence++) {
    const unhashed = {
      sequence,
      at: at.toISOString(),
      actor,
      operation: 'recordMember',
      phase: 'done' as const,
      requestId: `request-${sequence}`,
      parameters: { member: '1', date: '2015-10-03' },
      status: 201,
      detail: { records: 2 },
      previousHash: chain.at(-1)?.hash ?? FIRST_PREVIOUS_HASH,
    };
    chain.push({ ...unhashed, hash: hashOfRecord(unhashed) });
  }
  return { chain };
}

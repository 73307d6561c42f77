import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { afterAll, bench, describe } from 'vitest';
import { openDatabase } from '../../../src/gateway/storage/index.js';
import { writeMemberFile } from './write-member-file.js';

/** `MEMBERS=1500000 npx vitest bench --run --dir test/bench import-at-size` for a whole city. */
const MEMBERS = Number(process.env.MEMBERS ?? 6000);

const folder = mkdtempSync(join(tmpdir(), 'yongtap-import-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Highest memory of a process in MiB; where the system does not tell, 0. */
function highestMemory(pid: number): number {
  try {
    const found = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return Math.round(Number(found?.[1] ?? 0) / 1024);
  } catch {
    return 0;
  }
}

/** Writes into the same books again and again, as taps do, and gives how long each write waited in milliseconds. */
async function writeMeanwhile(dataFolder: string, isOver: () => boolean): Promise<number[]> {
  const database = await openDatabase({ dataFolder });
  const waits: number[] = [];
  while (!isOver()) {
    const began = performance.now();
    await database.inTransaction((transaction) =>
      transaction.deleteFrom('cards_to_reprice').where('card_token', '=', 'nobody').execute(),
    );
    waits.push(performance.now() - began);
    await setTimeout(50);
  }
  await database.close();
  return waits.sort((one, other) => one - other);
}

async function importAll(): Promise<void> {
  const file = join(folder, 'members.csv');
  const dataFolder = join(folder, 'books');
  await writeMemberFile(file, MEMBERS);
  await (await openDatabase({ dataFolder })).close();
  const began = performance.now();
  const child = spawn(process.execPath, ['bin/yongtap.js', 'members', 'import', file, '--data', dataFolder, '--json']);
  let isOver = false;
  let memory = 0;
  const answer = Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  answer.finally(() => {
    isOver = true;
  });
  const watching = setInterval(() => {
    memory = Math.max(memory, highestMemory(child.pid!));
  }, 200);
  const waits = await writeMeanwhile(dataFolder, () => isOver);
  clearInterval(watching);
  const [stdout, stderr] = await answer;
  if (JSON.parse(stdout || '{}').members !== MEMBERS) throw new Error(`${stdout}${stderr}`);
  const seconds = (performance.now() - began) / 1000;
  const at = (part: number) => waits[Math.floor((waits.length - 1) * part)]!.toFixed(0);
  console.log(
    `${MEMBERS} members (${Math.round(statSync(file).size / 2 ** 20)} MiB): ${seconds.toFixed(0)} s, ` +
      `${Math.round(MEMBERS / seconds)}/s, at most ${memory} MiB; ${waits.length} writers waited ` +
      `${at(0.5)} ms in the middle, ${at(0.99)} ms at 99%, ${at(1)} ms at most`,
  );
}

describe(`a file of ${MEMBERS} members, with writers beside it`, () => {
  bench('imported by the command', importAll, { iterations: 1, time: 0, warmupIterations: 0, warmupTime: 0 });
});

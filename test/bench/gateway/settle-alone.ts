import { readFileSync } from 'node:fs';
import { settleDay } from '../../../src/gateway/settlement/index.js';
import { type DatabaseLocation, openDatabase } from '../../../src/gateway/storage/index.js';
import { readDay } from './day-of-charges.js';

/** What a process of the bench does, with nothing done before it. */
export interface WorkOrder {
  readonly work: 'read' | 'settle';
  readonly location: DatabaseLocation;
  readonly serviceDay: string;
}

export interface WorkDone {
  readonly ms: number;
  /** Of this process. */
  readonly cpuMs: number;
  /** The most memory that the process has had, in MB; where the system does not tell, what it has at the end. */
  readonly memoryMb: number;
}

function memoryMb(): number {
  try {
    return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))![1]) / 1000;
  } catch {
    return process.memoryUsage.rss() / 1e6;
  }
}

const clock = () => new Date('2015-10-06T12:00:00+08:00');

process.once('message', async ({ work, location, serviceDay }: WorkOrder) => {
  const database = await openDatabase(location);
  const [began, before] = [performance.now(), process.cpuUsage()];
  if (work === 'read') await readDay(database, serviceDay);
  else await settleDay({ database, clock, serviceDay, by: 'bench' });
  const { user, system } = process.cpuUsage(before);
  const done: WorkDone = { ms: performance.now() - began, cpuMs: (user + system) / 1000, memoryMb: memoryMb() };
  await database.close();
  process.send!(done, () => process.disconnect());
});
process.send!('ready');

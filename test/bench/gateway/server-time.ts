import { readdirSync, readFileSync } from 'node:fs';
import { sql } from 'kysely';
import type { GatewayDatabase } from '../../../src/gateway/storage/index.js';

/** A tick of the clock by which the system counts processor time (USER_HZ, which is the same on all of Linux). */
const TICK_MS = 10;

/** Fields of /proc/PID/stat behind the name, which may have spaces in it (proc(5)). */
function statOf(pid: number): number[] {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat
    .slice(stat.lastIndexOf(')') + 4)
    .split(' ')
    .map(Number);
}

const [PARENT, OWN, OWN_SYSTEM, ENDED, ENDED_SYSTEM] = [0, 10, 11, 12, 13] as const;

/**
 * The processor time of a server on this machine with all its processes, in milliseconds, read anew at each call; of a
 * database without a server 0. Only where the system tells of processes under /proc.
 */
export async function timeOfServer({ kysely, kind }: GatewayDatabase): Promise<() => number> {
  if (kind !== 'postgresql') return () => 0;
  const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(kysely);
  const server = statOf(rows[0]!.pid)[PARENT]!;
  return () => {
    const [ended, endedSystem] = [statOf(server)[ENDED]!, statOf(server)[ENDED_SYSTEM]!];
    const living = readdirSync('/proc').flatMap((name) => {
      try {
        const stat = /^\d+$/.test(name) ? statOf(Number(name)) : [];
        return stat[PARENT] === server ? [stat[OWN]! + stat[OWN_SYSTEM]!] : [];
      } catch {
        return [];
      }
    });
    return living.reduce((sum, ticks) => sum + ticks, ended + endedSystem) * TICK_MS;
  };
}

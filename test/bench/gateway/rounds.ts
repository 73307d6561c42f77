import { ridesOfDays } from './many-rides.js';
import { type Served, spentMs } from './served.js';

/**
 * Rounds in turn, so that all servers have the same neighbours on the machine. The first ones only warm them up: until
 * then Node.js compiles, and each of the gateway's threads has that for itself.
 */
const ROUNDS = { warm: 12, counted: 6 } as const;
const TAPS_A_ROUND = Number(process.env.YONGTAP_BENCH_ROUND ?? 2000);
const CARDS = 1000;

/** What the counted rounds took of one server. */
export interface Spent {
  readonly ms: number;
  readonly cpuMs: number;
  readonly latenciesMs: readonly number[];
}

export type Post = (served: Served, taps: readonly Buffer[]) => Promise<readonly number[] | undefined>;

/** Taps for all rounds and so many more: each is new to the books. */
export async function tapsOfRounds(more = 0): Promise<(round: number) => readonly Buffer[]> {
  const rounds = ROUNDS.warm + ROUNDS.counted + more;
  const taps = await ridesOfDays(CARDS, Math.ceil((rounds * TAPS_A_ROUND) / CARDS));
  const bodies = taps.map((tap) => Buffer.from(JSON.stringify(tap)));
  return (round) => bodies.slice(round * TAPS_A_ROUND, (round + 1) * TAPS_A_ROUND);
}

/** The first round behind those that are counted. */
export const ROUNDS_COUNTED = ROUNDS.warm + ROUNDS.counted;
export const TAPS_COUNTED = ROUNDS.counted * TAPS_A_ROUND;

export async function inTurn(
  servers: readonly Served[],
  taps: (round: number) => readonly Buffer[],
  postAll: Post,
): Promise<Spent[]> {
  const spent = servers.map(() => ({ ms: 0, cpuMs: 0, latenciesMs: [] as number[] }));
  for (let round = 0; round < ROUNDS_COUNTED; round++) {
    for (const [index, served] of servers.entries()) {
      const [start, before] = [performance.now(), await spentMs(served)];
      const latenciesMs = (await postAll(served, taps(round))) ?? [];
      if (round < ROUNDS.warm) continue;
      const own = spent[index]!;
      own.ms += performance.now() - start;
      own.cpuMs += (await spentMs(served)) - before;
      own.latenciesMs.push(...latenciesMs);
    }
  }
  return spent;
}

/** How one did against another, in words. */
export function compare(title: string, one: Spent, other: Spent): string {
  const p99 = ({ latenciesMs }: Spent) =>
    latenciesMs.toSorted((left, right) => left - right)[Math.floor(latenciesMs.length * 0.99)];
  const [own, others] = [p99(one), p99(other)];
  const each = ({ ms, cpuMs }: Spent) =>
    `${((ms * 1000) / TAPS_COUNTED).toFixed(0)} µs a tap, ${((cpuMs * 1000) / TAPS_COUNTED).toFixed(0)} of processor time`;
  return [
    `${title}: rate ${(other.ms / one.ms).toFixed(2)}, by processor time ${(other.cpuMs / one.cpuMs).toFixed(2)}`,
    ...(own !== undefined && others !== undefined ? [`p99 ${(own / others).toFixed(2)} times`] : []),
    `(${each(one)}; ${each(other)})`,
  ].join(', ');
}

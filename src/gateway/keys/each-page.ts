import type { GatewayDatabase } from '../storage/index.js';
import type { GatewayKeys } from './gateway-keys.js';

export interface ResealProgress {
  readonly table: string;
  readonly looked: number;
  readonly resealed: number;
}

export interface Reseal {
  readonly database: GatewayDatabase;
  readonly keys: GatewayKeys;
  readonly random: (length: number) => Uint8Array;
  readonly progress: (progress: ResealProgress) => void;
}

/** So many rows a transaction. */
export const ROWS_TOGETHER = 500;

/** Takes pages until one is not full; `take` looks at a page beyond `last` and gives the place of its end. */
export async function eachPage<Place>(
  table: string,
  { progress }: Pick<Reseal, 'progress'>,
  take: (last: Place | undefined) => Promise<{ looked: number; resealed: number; last: Place | undefined }>,
): Promise<ResealProgress> {
  let sum: ResealProgress = { table, looked: 0, resealed: 0 };
  let last: Place | undefined;
  for (;;) {
    const taken = await take(last);
    sum = { table, looked: sum.looked + taken.looked, resealed: sum.resealed + taken.resealed };
    progress(sum);
    if (taken.looked < ROWS_TOGETHER) return sum;
    last = taken.last;
  }
}

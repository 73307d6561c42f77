import { IntakeError } from '../intake/intake-error.js';
import { PersonalDataError } from '../membership/personal-data-cipher.js';
import type { GatewayDatabase } from '../storage/index.js';
import type { GatewayKeys } from './gateway-keys.js';

export interface ResealProgress {
  readonly table: string;
  readonly looked: number;
  readonly resealed: number;
  /** Places of what opens under no key, and stays as it is. */
  readonly damaged: readonly string[];
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
  take: (last: Place | undefined) => Promise<Omit<ResealProgress, 'table'> & { readonly last: Place | undefined }>,
): Promise<ResealProgress> {
  let sum: ResealProgress = { table, looked: 0, resealed: 0, damaged: [] };
  let last: Place | undefined;
  for (;;) {
    const taken = await take(last);
    sum = {
      table,
      looked: sum.looked + taken.looked,
      resealed: sum.resealed + taken.resealed,
      damaged: [...sum.damaged, ...taken.damaged],
    };
    progress(sum);
    if (taken.looked < ROWS_TOGETHER) return sum;
    last = taken.last;
  }
}

/** What `open` gives; `damaged` where no key opens it. Whatever else goes wrong is thrown. */
export function openOrDamaged<Opened>(open: () => Opened): Opened | 'damaged' {
  try {
    return open();
  } catch (error) {
    if (error instanceof PersonalDataError || error instanceof IntakeError) return 'damaged';
    throw error;
  }
}

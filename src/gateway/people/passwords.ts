import { availableParallelism } from 'node:os';
import { type BoundedWork, createBoundedWork } from './bounded-work.js';
import { hashPassword, PASSWORD_COST, verifyPassword } from './password-hash.js';
import type { PeopleOptions } from './people-options.js';
import policy from './people-policy.json';

/** Passwords, checked and hashed a few at a time: a rush of them takes neither all processors nor all memory. */
export interface Passwords {
  /**
   * Whether it is the one that is stored. Where none is, as much work is done, and the answer is no. `fresh`: a new hash
   * where the stored one was made with less work than is asked for now.
   */
  check(
    address: string,
    password: string,
    stored: string | undefined,
  ): Promise<{ readonly isRight: boolean; readonly fresh?: string | undefined } | 'busy'>;
  hash(address: string, password: string): Promise<string | 'busy'>;
}

/** Half of the processors: the others take taps. */
const atOnce = (): number => Math.max(1, Math.floor(availableParallelism() / 2));

export function createPasswords({ random, passwordCost = PASSWORD_COST }: PeopleOptions): Passwords {
  const { waitingMax, ofOneAddressMax } = policy.work;
  const work: BoundedWork = createBoundedWork({ atOnce: atOnce(), waitingMax, ofOneNameMax: ofOneAddressMax });
  const nobodys = nobodysHash(passwordCost, random);

  return {
    check: (address, password, stored) =>
      work.run(address, async () => {
        const { isRight, isWeak } = await verifyPassword(password, stored ?? nobodys, passwordCost);
        if (!isRight || stored === undefined) return { isRight: false };
        return { isRight, fresh: isWeak ? await hashPassword(password, passwordCost, random) : undefined };
      }),
    hash: (address, password) => work.run(address, () => hashPassword(password, passwordCost, random)),
  };
}

/** Looks like any other, and no password is known to have it. */
function nobodysHash(cost: typeof PASSWORD_COST, random: PeopleOptions['random']): string {
  const text = (length: number) => Buffer.from(random(length)).toString('base64').replaceAll('=', '');
  return `$scrypt$ln=${cost.costLog2},r=${cost.blockSize},p=${cost.parallelization}$${text(16)}$${text(32)}`;
}

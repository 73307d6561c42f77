import { availableParallelism } from 'node:os';
import { createBoundedWork } from './bounded-work.js';
import { hashPassword, PASSWORD_COST, type PasswordCost, verifyPassword } from './password-hash.js';
import type { PeopleOptions } from './people-options.js';
import policy from './people-policy.json';

export interface Passwords {
  /**
   * Does what has to do with passwords a little at a time: a rush of log-ins takes neither all processors, nor all
   * memory, nor the database from those who take taps. `busy`: too many wait, or too many of this address.
   */
  inTurn<Result>(address: string, work: () => Promise<Result>): Promise<Result | 'busy'>;
  /**
   * Whether it is the one that is stored. Where none is, as much work is done, and the answer is no. `fresh`: a new hash
   * where the stored one was made with less work than is asked for now.
   */
  check(
    password: string,
    stored: string | undefined,
  ): Promise<{ readonly isRight: boolean; readonly fresh?: string | undefined }>;
  hash(password: string): Promise<string>;
}

/** Half of the processors: the others take taps. */
const atOnce = (): number => Math.max(1, Math.floor(availableParallelism() / 2));

export function createPasswords({ random, passwordCost = PASSWORD_COST }: PeopleOptions): Passwords {
  const { waitingMax, ofOneAddressMax } = policy.work;
  const work = createBoundedWork({ atOnce: atOnce(), waitingMax, ofOneNameMax: ofOneAddressMax });
  const nobodys = nobodysHash(passwordCost, random);
  const hash = (password: string) => hashPassword(password, passwordCost, random);

  return {
    hash,
    inTurn: (address, piece) => work.run(address, piece),
    async check(password, stored) {
      const { isRight, isWeak } = await verifyPassword(password, stored ?? nobodys, passwordCost);
      if (!isRight || stored === undefined) return { isRight: false };
      return { isRight, fresh: isWeak ? await hash(password) : undefined };
    },
  };
}

/** Looks like any other, and no password is known to have it. */
function nobodysHash(cost: PasswordCost, random: PeopleOptions['random']): string {
  const text = (length: number) => Buffer.from(random(length)).toString('base64').replaceAll('=', '');
  return `$scrypt$ln=${cost.costLog2},r=${cost.blockSize},p=${cost.parallelization}$${text(16)}$${text(32)}`;
}

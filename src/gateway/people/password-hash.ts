import { scrypt, timingSafeEqual } from 'node:crypto';

/** The parameters of scrypt (RFC 7914): the cost is N = 2^costLog2. */
export interface PasswordCost {
  readonly costLog2: number;
  readonly blockSize: number;
  readonly parallelization: number;
}

/** What OWASP's cheat sheet on storing passwords asks of scrypt: 128 MiB for each. */
export const PASSWORD_COST: PasswordCost = { costLog2: 17, blockSize: 8, parallelization: 1 };

const SALT_LENGTH = 16;
const HASH_LENGTH = 32;

/** `$scrypt$ln=17,r=8,p=1$SALT$HASH`, as the PHC string format has it. */
const FORMAT = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{22})\$([A-Za-z0-9+/]{43})$/;

/** A new hash of a password, with its parameters and its salt. `random` gives so many bytes. */
export async function hashPassword(
  password: string,
  cost: PasswordCost,
  random: (length: number) => Uint8Array,
): Promise<string> {
  const salt = random(SALT_LENGTH);
  const hash = await derive(password, salt, cost);
  const { costLog2, blockSize, parallelization } = cost;
  return `$scrypt$ln=${costLog2},r=${blockSize},p=${parallelization}$${base64(salt)}$${base64(hash)}`;
}

/** Whether this is the password, compared in constant time; `isWeak`: the hash is due to be made anew. */
export async function verifyPassword(
  password: string,
  stored: string,
  wanted: PasswordCost,
): Promise<{ readonly isRight: boolean; readonly isWeak: boolean }> {
  const [, costLog2, blockSize, parallelization, salt, hash] = FORMAT.exec(stored) ?? [];
  if (hash === undefined) throw new RangeError('not a stored password of this gateway');
  const cost = {
    costLog2: Number(costLog2),
    blockSize: Number(blockSize),
    parallelization: Number(parallelization),
  };
  const derived = await derive(password, Buffer.from(salt!, 'base64'), cost);
  const isRight = timingSafeEqual(derived, Buffer.from(hash, 'base64'));
  return { isRight, isWeak: workOf(cost) < workOf(wanted) };
}

const workOf = ({ costLog2, blockSize, parallelization }: PasswordCost): number =>
  2 ** costLog2 * blockSize * parallelization;

/** The same password typed on two keyboards is the same (NIST SP 800-63B §3.1.1.2). */
function derive(password: string, salt: Uint8Array, cost: PasswordCost): Promise<Buffer> {
  const { costLog2, blockSize, parallelization } = cost;
  const N = 2 ** costLog2;
  const maxmem = 128 * blockSize * (N + parallelization + 2) + 1024 * 1024;
  return new Promise((resolve, reject) => {
    scrypt(
      password.normalize('NFKC'),
      salt,
      HASH_LENGTH,
      { N, r: blockSize, p: parallelization, maxmem },
      (error, key) => (error ? reject(error) : resolve(key)),
    );
  });
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64').replaceAll('=', '');

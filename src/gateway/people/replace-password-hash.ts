import type { Transaction } from 'kysely';
import type { Tables } from '../storage/index.js';

interface PasswordHashes {
  readonly account: string;
  /** As it was read. */
  readonly stored: string | null;
  /** Left out: it stays. */
  readonly next?: string | undefined;
}

/**
 * Puts a password's hash in the place of the one that was read, and holds the account until the transaction ends. `false`:
 * somebody has reset, changed or disabled it meanwhile, and it stays as it is.
 */
export async function replacePasswordHash(
  transaction: Transaction<Tables>,
  { account, stored, next }: PasswordHashes,
): Promise<boolean> {
  const { numUpdatedRows } = await transaction
    .updateTable('accounts')
    .set({ password_hash: next ?? stored })
    .where('account', '=', account)
    .where('password_hash', '=', stored)
    .where('disabled_at_ms', 'is', null)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

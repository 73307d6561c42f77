import type { Kysely, Transaction } from 'kysely';
import { deriveKey } from '../derive-key.js';
import { createPersonalDataCipher } from '../membership/personal-data-cipher.js';
import type { Tables } from '../storage/index.js';
import type { PeopleOptions } from './people-options.js';
import policy from './people-policy.json';
import { keyedHash } from './people-secrets.js';
import { base32, matchingStep, otpauthUri, TOTP_SECRET_LENGTH } from './totp.js';

/** What an authenticator is given, once. */
export interface SecondFactorSetup {
  /** Base32, to be typed. */
  readonly secret: string;
  /** `otpauth://…`, to be shown as a QR code. */
  readonly uri: string;
}

export interface SecondFactors {
  isSet(kysely: Kysely<Tables>, account: string): Promise<boolean>;
  /** A new secret, which counts for nothing before its first code has come; `undefined` where one is set up. */
  begin(transaction: Transaction<Tables>, account: string, name: string): Promise<SecondFactorSetup | undefined>;
  /** Whether the first code is right, and recovery codes with it. */
  confirm(transaction: Transaction<Tables>, account: string, code: string): Promise<readonly string[] | undefined>;
  /** Uses a code up, of an authenticator or for recovery: never twice, however many ask at once. */
  use(transaction: Transaction<Tables>, account: string, code: string): Promise<'code' | 'recovery' | undefined>;
  /** New ones; those before them are good no more. */
  makeRecoveryCodes(transaction: Transaction<Tables>, account: string): Promise<readonly string[]>;
  recoveryCodesLeft(kysely: Kysely<Tables>, account: string): Promise<number>;
  remove(transaction: Transaction<Tables>, account: string): Promise<void>;
}

const RECOVERY_CODE_LENGTH = 10;

const DEFAULT_ISSUER = 'Yongtap';

const placeOf = (account: string) => ({ table: 'second_factors', column: 'secret_sealed', row: account });

/** Letters and digits, in groups of four; blanks, dashes and the size of letters do not count. */
const plainCode = (code: string): string => code.normalize('NFKC').toUpperCase().replace(/[\s-]/g, '');

export function createSecondFactors(options: PeopleOptions): SecondFactors {
  const { clock, random, tokenKey, personalDataKey, formerDataKeys, issuer = DEFAULT_ISSUER } = options;
  const cipher = createPersonalDataCipher(personalDataKey, random, formerDataKeys);
  const recoveryKey = deriveKey(tokenKey, 'yongtap recovery codes');
  const hashOf = (account: string, code: string) => keyedHash(recoveryKey, account, plainCode(code));

  const read = (from: Kysely<Tables>, account: string) =>
    from.selectFrom('second_factors').selectAll().where('account', '=', account).executeTakeFirst();

  /** The step of a code, once: of two who bring the same one gets it. */
  async function takeStep(transaction: Transaction<Tables>, account: string, code: string): Promise<boolean> {
    const factor = await read(transaction, account);
    if (!factor) return false;
    const secret = Buffer.from(cipher.open(factor.secret_sealed, placeOf(account)), 'base64');
    const step = matchingStep(secret, code, clock().getTime());
    if (step === undefined) return false;
    const { numUpdatedRows } = await transaction
      .updateTable('second_factors')
      .set({ last_step: step })
      .where('account', '=', account)
      .where('last_step', '<', step)
      .executeTakeFirstOrThrow();
    return numUpdatedRows > 0n;
  }

  async function makeRecoveryCodes(transaction: Transaction<Tables>, account: string): Promise<readonly string[]> {
    await transaction.deleteFrom('recovery_codes').where('account', '=', account).execute();
    const codes = Array.from({ length: policy.recoveryCodes }, () =>
      base32(random(RECOVERY_CODE_LENGTH)).match(/.{4}/g)!.join('-'),
    );
    const rows = codes.map((code) => ({ code_hash: hashOf(account, code), account, used_at_ms: null }));
    await transaction.insertInto('recovery_codes').values(rows).execute();
    return codes;
  }

  return {
    makeRecoveryCodes,
    isSet: async (from, account) => ((await read(from, account))?.confirmed_at_ms ?? null) !== null,
    async begin(transaction, account, name) {
      const secret = random(TOTP_SECRET_LENGTH);
      const values = {
        secret_sealed: cipher.seal(Buffer.from(secret).toString('base64'), placeOf(account)),
        confirmed_at_ms: null,
        last_step: 0,
      };
      const { numInsertedOrUpdatedRows = 0n } = await transaction
        .insertInto('second_factors')
        .values({ account, ...values })
        .onConflict((conflict) =>
          conflict.column('account').doUpdateSet(values).where('second_factors.confirmed_at_ms', 'is', null),
        )
        .executeTakeFirstOrThrow();
      return numInsertedOrUpdatedRows > 0n
        ? { secret: base32(secret), uri: otpauthUri(secret, { issuer, name }) }
        : undefined;
    },
    async confirm(transaction, account, code) {
      const isOpen = !((await read(transaction, account))?.confirmed_at_ms ?? undefined);
      if (!isOpen || !(await takeStep(transaction, account, plainCode(code)))) return undefined;
      await transaction
        .updateTable('second_factors')
        .set({ confirmed_at_ms: clock().getTime() })
        .where('account', '=', account)
        .execute();
      return makeRecoveryCodes(transaction, account);
    },
    async use(transaction, account, code) {
      const plain = plainCode(code);
      if (/^\d{6}$/.test(plain)) return (await takeStep(transaction, account, plain)) ? 'code' : undefined;
      const { numUpdatedRows } = await transaction
        .updateTable('recovery_codes')
        .set({ used_at_ms: clock().getTime() })
        .where('code_hash', '=', hashOf(account, plain))
        .where('account', '=', account)
        .where('used_at_ms', 'is', null)
        .executeTakeFirstOrThrow();
      return numUpdatedRows > 0n ? 'recovery' : undefined;
    },
    async recoveryCodesLeft(from, account) {
      const rows = await from
        .selectFrom('recovery_codes')
        .select('code_hash')
        .where('account', '=', account)
        .where('used_at_ms', 'is', null)
        .execute();
      return rows.length;
    },
    async remove(transaction, account) {
      await transaction.deleteFrom('second_factors').where('account', '=', account).execute();
      await transaction.deleteFrom('recovery_codes').where('account', '=', account).execute();
    },
  };
}

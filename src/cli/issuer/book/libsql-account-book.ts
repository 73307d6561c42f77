import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import type {
  AccountBook,
  AccountBookPages,
  CardAccount,
  KeptAuthorization,
  KeptOrder,
} from '../../../../simulator/index.js';
import { makeFolder } from '../../../folders/make-folder.js';
import type { AccountSeal } from './account-seal.js';

const FILE_NAME = 'accounts.db';
const OWNER_ONLY = { folder: 0o700, file: 0o600 };

/** What makes a commit outlive a loss of power; another process has five seconds to finish its own. */
const SETTINGS = ['busy_timeout=5000', 'journal_mode=WAL', 'synchronous=FULL'];

const TABLES = `
  create table if not exists accounts (token text primary key, sealed blob not null) strict, without rowid;
  create table if not exists authorizations (id text primary key, sealed blob not null) strict, without rowid;
  create table if not exists orders (token text not null, id text not null, digest text not null,
    primary key (token, id)) strict, without rowid;
`;

/** An account book on the disk, which can be closed. */
export interface DurableAccountBook extends AccountBook {
  close(): void;
}

/**
 * The book of a folder; both are made where they are missing, for their owner's eyes only. Throws the system's errors,
 * and what the seal throws for accounts that its key does not open.
 */
export function openLibsqlAccountBook(folder: string, seal: AccountSeal): DurableAccountBook {
  makeFolder(folder, OWNER_ONLY.folder);
  const path = join(folder, FILE_NAME);
  closeSync(openSync(path, 'a', OWNER_ONLY.file));
  const database = new Database(path);
  for (const setting of SETTINGS) database.exec(`PRAGMA ${setting}`);
  database.exec(TABLES);
  const pages = pagesOf(database, seal);
  // A key that is another folder's is found out now, not at the first card.
  pages.accounts({ limit: 1 });
  return {
    transaction(work) {
      database.exec('begin immediate');
      try {
        const result = work(pages);
        database.exec('commit');
        return result;
      } catch (error) {
        if (database.inTransaction) database.exec('rollback');
        throw error;
      }
    },
    close: () => void database.close(),
  };
}

interface SealedRow {
  readonly sealed: ArrayBuffer;
}

function pagesOf(database: Database.Database, seal: AccountSeal): AccountBookPages {
  const account = database.prepare('select sealed from accounts where token = ?');
  const putAccount = database.prepare('insert or replace into accounts (token, sealed) values (?, ?)');
  const accounts = database.prepare('select token, sealed from accounts where token > ? order by token limit ?');
  const authorization = database.prepare('select sealed from authorizations where id = ?');
  const putAuthorization = database.prepare('insert or replace into authorizations (id, sealed) values (?, ?)');
  const order = database.prepare('select id, digest from orders where token = ? and id = ?');
  const putOrder = database.prepare('insert into orders (token, id, digest) values (?, ?, ?)');
  const opened = <Value>(place: string, row: unknown): Value | undefined =>
    row === undefined ? undefined : seal.open<Value>(place, new Uint8Array((row as SealedRow).sealed));
  return {
    account: (token) => opened<CardAccount>(`account ${token}`, account.get(token)),
    putAccount: (token, value) => void putAccount.run(token, seal.seal(`account ${token}`, value)),
    accounts: ({ after = '', limit }) =>
      (accounts.all(after, limit) as (SealedRow & { readonly token: string })[]).map((row) => ({
        token: row.token,
        account: opened<CardAccount>(`account ${row.token}`, row)!,
      })),
    authorization: (id) => opened<KeptAuthorization>(`authorization ${id}`, authorization.get(id)),
    putAuthorization: (value) => void putAuthorization.run(value.id, seal.seal(`authorization ${value.id}`, value)),
    order: (token, id) => order.get(token, id) as KeptOrder | undefined,
    putOrder: (token, { id, digest }) => void putOrder.run(token, id, digest),
  };
}

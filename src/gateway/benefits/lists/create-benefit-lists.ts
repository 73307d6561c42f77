import type { BenefitListVersionsTable } from '../../storage/benefit-tables.js';
import { beginVersion } from './begin-version.js';
import { type BuildOptions, buildList } from './build-list.js';
import type { BenefitListPolicy } from './list-policy-schema.js';
import { toVersionView, type VersionView } from './version-view.js';

export interface BenefitListsOptions extends BuildOptions {
  readonly lists: BenefitListPolicy;
  readonly random: (length: number) => Uint8Array;
  readonly failed: (error: unknown) => void;
}

export interface BenefitLists {
  readonly policy: BenefitListPolicy;
  /** Begins a version and makes it in the background; `done` is kept when it is published. `busy`: one is being made. */
  make(
    list: string,
    wish: { readonly day: string; readonly by: string },
  ): Promise<'busy' | { readonly version: number; readonly done: Promise<void> }>;
  /** Versions of a list, the newest first. */
  versions(list: string, page: { readonly limit: number; readonly before?: number }): Promise<readonly VersionView[]>;
  version(list: string, version: number): Promise<VersionView | undefined>;
}

/** Lists of who is entitled to what, over one database. */
export function createBenefitLists(options: BenefitListsOptions): BenefitLists {
  const { database, clock, lists } = options;
  const rows = (list: string) =>
    database.kysely.selectFrom('benefit_list_versions').selectAll().where('list', '=', list);

  async function make(row: BenefitListVersionsTable): Promise<void> {
    const list = lists.lists.find((one) => one.list === row.list)!;
    await buildList(options, list, { ...row, knownAtMs: row.started_at_ms }).catch(options.failed);
  }

  return {
    policy: lists,
    async make(list, wish) {
      const row = await beginVersion(options, { list, ...wish });
      return row ? { version: row.version, done: make(row) } : 'busy';
    },
    async versions(list, { limit, before }) {
      let query = rows(list).orderBy('version', 'desc').limit(limit);
      if (before !== undefined) query = query.where('version', '<', before);
      const found = await query.execute();
      return found.map((row) => toVersionView(row, clock().getTime()));
    },
    async version(list, version) {
      const row = await rows(list).where('version', '=', version).executeTakeFirst();
      return row && toVersionView(row, clock().getTime());
    },
  };
}

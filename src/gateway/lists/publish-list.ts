import { digestOf, type ListHeader, type ListKind, type Parameters, signedBytes } from '../../lists/index.js';
import { publish } from '../webhooks/index.js';
import { buildDeny } from './build-deny.js';
import { buildMembers } from './build-members.js';
import { buildCaKeys, buildParameters, buildTariffs } from './build-others.js';
import type { BuiltList } from './built-list.js';
import type { ListOptions } from './list-options.js';
import type { ListSigner } from './list-signer.js';
import { type KeptList, keepVersion, prepareVersion, readNewestWhole } from './list-store.js';

export interface Publication {
  readonly kind: ListKind;
  readonly version: number;
  /** `false`: the newest version says all of it, and holds long enough. */
  readonly published: boolean;
  readonly contentHash: string;
  readonly entries: number;
  readonly unnamed: number;
  readonly validUntil: string;
}

const ATTEMPTS_MAX = 5;

/**
 * Makes a list from the books and publishes it as the next version of its kind, where it says anything new or the
 * newest version will not hold much longer. Of several processes that do so at once one publishes, and the others
 * look again. `parameters`: of that kind, in place of those before.
 */
export async function publishList(
  options: ListOptions & { readonly signer: ListSigner },
  kind: ListKind,
  parameters?: Parameters,
): Promise<Publication> {
  for (let attempt = 1; ; attempt++) {
    const before = await readNewestWhole(options.database, kind);
    const built = await build(options, kind, before, parameters);
    const { hash, bytes } = digestOf(built.content);
    if (before && before.header.contentHash === hash && holds(before.header, options)) {
      return told(before.header, built, false);
    }
    const header = await headerOf(options, kind, before, { hash, bytes });
    const signature = await options.signer.sign(header.keyId, signedBytes(header));
    const prepared = await prepareVersion({ header, signature }, built.content, before);
    const isKept = await options.database.inTransaction(async (transaction) => {
      if (!(await keepVersion(transaction, prepared, options.policy.deltaVersions))) return false;
      const data = { list: kind, version: header.version };
      await publish(transaction, { type: 'list.published', subject: kind, data, at: options.clock() });
      return true;
    });
    if (isKept) return told(header, built, true);
    if (attempt === ATTEMPTS_MAX) throw new Error(`${kind}: another process was faster ${ATTEMPTS_MAX} times`);
  }
}

const told = (header: ListHeader, { entries, unnamed }: BuiltList, published: boolean): Publication => ({
  kind: header.kind,
  version: header.version,
  published,
  contentHash: header.contentHash,
  entries,
  unnamed,
  validUntil: header.validUntil,
});

function build(
  options: ListOptions,
  kind: ListKind,
  before: KeptList | undefined,
  parameters: Parameters | undefined,
): BuiltList | Promise<BuiltList> {
  switch (kind) {
    case 'deny':
      return buildDeny(options);
    case 'members':
      return buildMembers(options, before?.content);
    case 'ca-keys':
      return buildCaKeys(options);
    case 'tariffs':
      return buildTariffs(options);
    case 'parameters':
      return buildParameters(before?.content, parameters);
  }
}

/** Terminals that are out of reach for some days shall not be left with a list that has ended. */
const holds = ({ validUntil }: ListHeader, { clock, policy }: ListOptions): boolean =>
  Date.parse(validUntil) - clock().getTime() > (policy.validSeconds * 1000) / 2;

async function headerOf(
  { clock, policy, signer }: ListOptions & { readonly signer: ListSigner },
  kind: ListKind,
  before: KeptList | undefined,
  { hash, bytes }: { readonly hash: string; readonly bytes: number },
): Promise<ListHeader> {
  const now = clock();
  const previousVersion = before?.header.version ?? 0;
  return {
    format: 1,
    kind,
    version: previousVersion + 1,
    previousVersion,
    contentHash: hash,
    contentBytes: bytes,
    publishedAt: now.toISOString(),
    validFrom: now.toISOString(),
    validUntil: new Date(now.getTime() + policy.validSeconds * 1000).toISOString(),
    keyId: await signer.currentKeyId(),
  };
}

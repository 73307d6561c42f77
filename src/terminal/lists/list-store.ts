import {
  applyDelta,
  caKeysContentSchema,
  decodeDeny,
  decodeMembers,
  digestOf,
  isSignedBy,
  isVouchedFor,
  type ListContent,
  type ListHeader,
  type ListKey,
  type ListKeys,
  type ListKind,
  type ListSnapshot,
  listKeysSchema,
  listKinds,
  listSnapshotSchema,
  listUpdateSchema,
  parametersContentSchema,
  tariffsContentSchema,
} from '../../lists/index.js';
import { nodeFiles, type QueueFiles } from '../queue/queue-files.js';
import { keepText, readKept } from './kept-file.js';
import type { ListRefusal } from './list-refusal.js';

export type Applied =
  /** `delta`: what had changed was put in; `unchanged`: the terminal had it. */
  | {
      readonly ok: true;
      readonly kind: ListKind;
      readonly version: number;
      readonly how: 'snapshot' | 'delta' | 'unchanged';
    }
  | { readonly ok: false; readonly code: ListRefusal; readonly kind: ListKind; readonly version?: number };

export type LearntKeys =
  /** `first-use`: there was none to vouch for them. */
  | { readonly ok: true; readonly how: 'first-use' | 'pinned' | 'vouched' | 'unchanged' }
  | { readonly ok: false; readonly code: ListRefusal };

/** The lists of a terminal, in a folder of its own. */
export interface ListStore {
  /** What it has of a kind, wholly checked; `undefined`: nothing. */
  list(kind: ListKind): ListSnapshot | undefined;
  readonly keys: readonly ListKey[];
  /** Files that were found torn or damaged when the folder was opened; the version before counts. */
  readonly damaged: readonly string[];
  /**
   * Takes keys that one it trusts vouches for. Where it trusts none yet, those among which `pin`, the id of a key, is,
   * or any where there is no pin. Throws QueueError where they cannot be kept.
   */
  learnKeys(keys: unknown, pin?: string): Promise<LearntKeys>;
  /**
   * Takes a list whole, or what has changed, and has it on the disk when it returns. What is refused changes nothing.
   * Throws QueueError where it cannot be kept; then too the terminal has what it had.
   */
  apply(kind: ListKind, update: unknown): Promise<Applied>;
}

export interface ListStoreOptions {
  readonly clock: () => Date;
  readonly files?: QueueFiles;
}

const KEYS = 'keys';

/** Opens a folder of lists, making it where it is missing. What is torn, unsigned or damaged in it does not count. */
export async function openListStore(
  folder: string,
  { clock, files = nodeFiles }: ListStoreOptions,
): Promise<ListStore> {
  await files.makeFolder(folder);
  const damaged: string[] = [];
  const held = new Map<ListKind, ListSnapshot>();
  let keys: ListKeys | undefined;
  let keysNumber = 0;

  for (const { number, text } of await readKept(files, folder, KEYS)) {
    keysNumber = Math.max(keysNumber, number);
    keys ??= text === undefined ? undefined : listKeysSchema.safeParse(JSON.parse(text)).data;
    if (text === undefined) damaged.push(`${KEYS} ${number}`);
  }
  const trusted = (): readonly ListKey[] => keys?.keys ?? [];
  for (const kind of listKinds) {
    for (const { number, text } of await readKept(files, folder, kind)) {
      const snapshot = text === undefined ? undefined : soundSnapshot(kind, text, trusted());
      if (snapshot === undefined) damaged.push(`${kind} ${number}`);
      else if (!held.has(kind)) held.set(kind, snapshot);
    }
  }

  return {
    list: (kind) => held.get(kind),
    get keys() {
      return trusted();
    },
    damaged,
    async learnKeys(given, pin) {
      const parsed = listKeysSchema.safeParse(given);
      if (!parsed.success) return { ok: false, code: 'list-unsound' };
      if (JSON.stringify(parsed.data.keys) === JSON.stringify(trusted())) return { ok: true, how: 'unchanged' };
      const verdict = judgeKeys(parsed.data, trusted(), pin);
      if (!verdict.ok) return verdict;
      const number = keysNumber + 1;
      await keepText(files, folder, KEYS, { number, text: JSON.stringify(parsed.data), previous: keysNumber });
      keysNumber = number;
      keys = parsed.data;
      return verdict;
    },
    async apply(kind, update) {
      const known = held.get(kind);
      const judged = judge(kind, update, { known, keys: trusted(), now: clock() });
      if (!('snapshot' in judged)) return judged;
      const { snapshot, how } = judged;
      const { version } = snapshot.header;
      const previous = known?.header.version;
      await keepText(files, folder, kind, { number: version, text: JSON.stringify(snapshot), previous });
      held.set(kind, snapshot);
      return { ok: true, kind, version, how };
    },
  };
}

function judgeKeys(keys: ListKeys, trusted: readonly ListKey[], pin: string | undefined): LearntKeys {
  if (trusted.length > 0) {
    return isVouchedFor(keys, trusted) ? { ok: true, how: 'vouched' } : { ok: false, code: 'keys-unvouched' };
  }
  const pinned = keys.keys.filter(({ keyId }) => pin === undefined || keyId === pin);
  if (pinned.length === 0) return { ok: false, code: 'key-not-pinned' };
  if (!isVouchedFor(keys, pinned)) return { ok: false, code: 'keys-unvouched' };
  return { ok: true, how: pin === undefined ? 'first-use' : 'pinned' };
}

interface Judgement {
  readonly known: ListSnapshot | undefined;
  readonly keys: readonly ListKey[];
  readonly now: Date;
}

function judge(
  kind: ListKind,
  given: unknown,
  { known, keys, now }: Judgement,
): Applied | { readonly snapshot: ListSnapshot; readonly how: 'snapshot' | 'delta' } {
  const parsed = listUpdateSchema.safeParse(given);
  if (!parsed.success || parsed.data.header.kind !== kind) return { ok: false, code: 'list-unsound', kind };
  const { header, signature } = parsed.data;
  const { version } = header;
  const refuse = (code: ListRefusal): Applied => ({ ok: false, code, kind, version });
  if (!keys.some(({ keyId }) => keyId === header.keyId)) return refuse('key-untrusted');
  if (!isSignedBy(keys, header, signature)) return refuse('signature-wrong');
  const isKnown = version === known?.header.version && header.contentHash === known.header.contentHash;
  if (isKnown) return { ok: true, kind, version, how: 'unchanged' };
  if (known && version <= known.header.version) return refuse('list-older');
  if (Date.parse(header.validUntil) <= now.getTime()) return refuse('list-expired');
  const delta = 'delta' in parsed.data ? parsed.data.delta : undefined;
  if (delta && (delta.from.version !== known?.header.version || delta.from.contentHash !== known.header.contentHash)) {
    return refuse('delta-base-other');
  }
  const content = 'content' in parsed.data ? parsed.data.content : applyDelta(known!.content, delta!);
  if (content === undefined || !isContentOf(header, content)) return refuse('content-mismatch');
  if (!isSoundContent(kind, content)) return refuse('list-unsound');
  return { snapshot: { header, signature, content }, how: delta ? 'delta' : 'snapshot' };
}

function isContentOf({ contentBytes, contentHash }: ListHeader, content: ListContent): boolean {
  const { bytes, hash } = digestOf(content);
  return bytes === contentBytes && hash === contentHash;
}

const SOUND: Readonly<Record<ListKind, (content: ListContent) => boolean>> = {
  deny: (content) => decodeDeny(content) !== undefined,
  members: (content) => decodeMembers(content) !== undefined,
  'ca-keys': (content) => caKeysContentSchema.safeParse(content).success,
  tariffs: (content) => tariffsContentSchema.safeParse(content).success,
  parameters: (content) => parametersContentSchema.safeParse(content).success,
};

const isSoundContent = (kind: ListKind, content: ListContent): boolean => SOUND[kind](content);

function soundSnapshot(kind: ListKind, text: string, keys: readonly ListKey[]): ListSnapshot | undefined {
  const { data } = listSnapshotSchema.safeParse(JSON.parse(text));
  if (data === undefined || data.header.kind !== kind) return undefined;
  const isSound =
    isSignedBy(keys, data.header, data.signature) &&
    isContentOf(data.header, data.content) &&
    isSoundContent(kind, data.content);
  return isSound ? data : undefined;
}

import { z } from 'zod';
import type { BinaryFuseFilter } from './binary-fuse-filter.js';
import { isSoundFilter } from './binary-fuse-filter.js';
import { encodeNames, namesIn } from './list-delta.js';
import type { ListContent } from './list-document.js';
import type { NameSet } from './name-set.js';

const base64 = z.base64();

const naming = z
  .strictObject({
    key: z.string().regex(/^[0-9a-f]{64}$/, '64 lower-case hex digits'),
    bits: z.literal(64),
  })
  .describe('A card is called by the first bits of HMAC-SHA-256 over the digits of its number, under this key');

const denyContentSchema = z.strictObject({ naming, cards: base64 });

const memberContentSchema = z.strictObject({
  naming,
  filter: z.strictObject({
    kind: z.literal('binary-fuse-8'),
    falsePositiveRate: z.number(),
    size: z.int().min(0),
    seed: z.int().min(0),
    segmentLength: z.int().min(4),
    fingerprints: base64,
  }),
  added: base64.describe('Members whom the filter does not know'),
  removed: base64.describe('Cards that the filter takes for members, and that are none'),
});

const hex = z.string().regex(/^(?:[0-9A-F]{2})+$/, 'upper-case hex');

export const caKeysContentSchema = z.strictObject({
  keys: z.array(z.looseObject({ rid: hex, index: z.string() })),
  revoked: z.array(hex),
});

export const tariffsContentSchema = z.strictObject({ tariffs: z.array(z.unknown()), campaigns: z.array(z.unknown()) });

export const parametersContentSchema = z.strictObject({
  parameters: z.record(
    z.string().regex(/^[A-Za-z][\w.-]{0,63}$/),
    z.union([z.string().max(1000), z.number(), z.boolean()]),
  ),
});

export type Parameters = z.infer<typeof parametersContentSchema>['parameters'];

/** The cards that a terminal keeps out. */
export interface DenyContent {
  readonly namingKey: Uint8Array;
  readonly cards: NameSet;
}

/** The cards that may have the discount: those of the filter and the added ones, but for the removed ones. */
export interface MemberContent {
  readonly namingKey: Uint8Array;
  readonly filter: BinaryFuseFilter;
  readonly falsePositiveRate: number;
  readonly added: NameSet;
  readonly removed: NameSet;
}

const toNaming = (key: Uint8Array) => ({ key: Buffer.from(key).toString('hex'), bits: 64 });
const toKey = (hexKey: string) => Uint8Array.from(Buffer.from(hexKey, 'hex'));

export const encodeDeny = ({ namingKey, cards }: DenyContent): ListContent => ({
  naming: toNaming(namingKey),
  cards: encodeNames(cards),
});

/** `undefined` where the content is none of this kind. */
export function decodeDeny(content: ListContent): DenyContent | undefined {
  const parsed = denyContentSchema.safeParse(content);
  const cards = namesIn(content.cards);
  return parsed.success && cards ? { namingKey: toKey(parsed.data.naming.key), cards } : undefined;
}

export const encodeMembers = ({
  namingKey,
  filter,
  falsePositiveRate,
  added,
  removed,
}: MemberContent): ListContent => ({
  naming: toNaming(namingKey),
  filter: {
    kind: 'binary-fuse-8',
    falsePositiveRate,
    size: filter.size,
    seed: filter.seed,
    segmentLength: filter.segmentLength,
    fingerprints: Buffer.from(filter.fingerprints).toString('base64'),
  },
  added: encodeNames(added),
  removed: encodeNames(removed),
});

/** `undefined` where the content is none of this kind. */
export function decodeMembers(content: ListContent): MemberContent | undefined {
  const parsed = memberContentSchema.safeParse(content);
  const [added, removed] = [namesIn(content.added), namesIn(content.removed)];
  if (!parsed.success || !added || !removed) return undefined;
  const { kind: _, falsePositiveRate, fingerprints, ...rest } = parsed.data.filter;
  const filter = { ...rest, fingerprints: new Uint8Array(Buffer.from(fingerprints, 'base64')) };
  if (!isSoundFilter(filter)) return undefined;
  return { namingKey: toKey(parsed.data.naming.key), filter, falsePositiveRate, added, removed };
}

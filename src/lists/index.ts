export {
  type BinaryFuseFilter,
  createBinaryFuseFilter,
  FALSE_POSITIVE_RATE,
  makeBinaryFuseFilter,
  mayHave,
} from './binary-fuse-filter.js';
export { isListedMember } from './is-listed-member.js';
export {
  caKeysContentSchema,
  decodeDeny,
  decodeMembers,
  encodeDeny,
  encodeMembers,
  type Parameters,
  parametersContentSchema,
  tariffsContentSchema,
} from './list-contents.js';
export { applyDelta, joinDeltas, makeDelta } from './list-delta.js';
export {
  digestOf,
  type ListContent,
  type ListDelta,
  type ListHeader,
  type ListSnapshot,
  type ListUpdate,
  listHeaderSchema,
  listSnapshotSchema,
  listUpdateSchema,
  listVersionSchema,
  signedBytes,
} from './list-document.js';
export { type ListKind, listKinds } from './list-kinds.js';
export {
  isSignedBy,
  isVouchedFor,
  LIST_KEYS_MAX,
  type ListKey,
  type ListKeys,
  listKeyId,
  listKeySchema,
  listKeysSchema,
  signedKeysBytes,
} from './list-signature.js';
export { type CardName, NAME_BYTES, nameOfToken, nameOnList } from './name-on-list.js';
export { createNameSet, type NameSet, without } from './name-set.js';

export { maskDigits as maskPan } from '../../emv/card-number.js';
export { canonicalJson } from './canonical-json.js';
export { cardToken, isCardNumber } from './card-number.js';
export { type EvidenceBytes, evidenceBytes } from './evidence-bytes.js';
export { type Fen, fen, formatYuan } from './money.js';
export { panIn, panOf } from './pan-of.js';
export {
  type ParsedTapRecord,
  parseTapRecord,
  type TapIssue,
  type TapIssueCode,
  tapRecordJsonSchema,
  tapRecordSchemaPath,
} from './parse-tap-record.js';
export { isSequence, readGoodRecord } from './read-good-record.js';
export { canonicalRecord, contentHash, tapIdentity } from './tap-identity.js';
export {
  type Evidence,
  evidenceLimits,
  instantSchema,
  type Place,
  placeSchema,
  type Service,
  services,
  type TapEvent,
  type TapRecord,
  tapAmountMaxFen,
  tapEvents,
  tapRecordSchema,
} from './tap-record.js';

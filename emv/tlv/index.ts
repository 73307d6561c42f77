export type { DataMap, DataObject, EncodableObject } from './data-object.js';
export {
  buildDataObjectList,
  type DataObjectListEntry,
  decodeDataObjectList,
  valuesByDataObjectList,
} from './data-object-list.js';
export { decode } from './decode.js';
export { encode } from './encode.js';
export { findFirst, flatten, leaves, walk } from './search.js';
export { isConstructedTag } from './tag.js';
export { TlvError, type TlvErrorCode } from './tlv-error.js';
export { onlyObject, tryDecode } from './try-decode.js';

export * from './apdu/index.js';
export * from './bytes.js';
export * from './tags/index.js';
export * from './tlv/index.js';

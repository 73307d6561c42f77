export * from './apdu/index.js';
export * from './authentication/index.js';
export * from './bytes.js';
export * from './cryptogram/index.js';
export * from './keys/index.js';
export * from './tags/index.js';
export * from './tlv/index.js';
export * from './values/index.js';

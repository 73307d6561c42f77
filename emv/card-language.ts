/** The rooms that need nothing of Node, and load without cryptography and kernels. */
export * from './apdu/index.js';
export * from './bytes.js';
export * from './card-number.js';
export * from './explain/index.js';
export * from './tags/index.js';
export * from './tlv/index.js';
export * from './values/index.js';

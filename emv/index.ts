export * from './authentication/index.js';
export * from './card-language.js';
export * from './cryptogram/index.js';
export * from './kernel/index.js';
export * from './keys/index.js';

export * from './queue/index.js';
export * from './upload/index.js';

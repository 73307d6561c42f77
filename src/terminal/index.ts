export * from './contact/index.js';
export * from './lists/index.js';
export * from './profiles/index.js';
export * from './queue/index.js';
export { withSmSupport } from './sm-support.js';
export * from './small-payment/index.js';
export * from './tap/index.js';
export { TerminalError, type TerminalErrorCode } from './terminal-error.js';
export * from './upload/index.js';

export { type ApplicationFileLocatorEntry, readApplicationFileLocator } from './application-file-locator.js';
export { ValueError, type ValueErrorCode } from './value-error.js';

export { ApduError, type ApduErrorCode } from './apdu-error.js';
export {
  appendCappRecord,
  type CappOccurrence,
  getTransProve,
  headerOf,
  isCappCommand,
  readCappData,
  UPDATED_RECORD_LENGTH_MAX,
  updateCappDataCache,
  withMac,
} from './capp-commands.js';
export { type Command, decodeCommand, encodeCommand } from './command.js';
export { commandName, commandNames, commandNameZh } from './command-name.js';
export {
  externalAuthenticate,
  generateApplicationCryptogram,
  getChallenge,
  getData,
  getProcessingOptions,
  getResponse,
  internalAuthenticate,
  readRecord,
  select,
  tagOfParameters,
  verify,
} from './emv-commands.js';
export { instructions } from './instructions.js';
export { decodeResponse, encodeResponse, type Response } from './response.js';
export { type StatusWordContext, statusWordMeaning } from './status-word-meaning.js';

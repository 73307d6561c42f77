export { type AnswerToResetReading, readAnswerToReset } from './answer-to-reset/read-answer-to-reset.js';
export {
  answerOf,
  type CardChannel,
  ChannelError,
  type ChannelErrorCode,
  type TransportProtocol,
  tearCodes,
} from './card-channel.js';
export { diagnosePcsc } from './pcsc/diagnose-pcsc.js';
export type { PcscFinding, PcscState } from './pcsc/findings.js';
export { type OpenPcscOptions, openPcsc } from './pcsc/open-pcsc.js';
export type {
  ConnectOptions,
  Pcsc,
  PcscBindingName,
  ReaderChannel,
  ReaderEvent,
  ReaderStatus,
  ShareMode,
  WaitForCardOptions,
} from './pcsc/pcsc.js';
export { askReader, readAts, readUid, signal } from './reader-kinds/ask-reader.js';
export {
  type ReaderCommandName,
  type ReaderKind,
  readerKindOf,
  type Signal,
} from './reader-kinds/reader-kind.js';
export { type ReaderName, readReaderName } from './reader-kinds/reader-name.js';
export { readerOverhead } from './reader-kinds/reader-overhead.js';
export { createRecordedChannel, type RecordedChannel } from './recorded/create-recorded-channel.js';
export { type Exchange, parseTranscript, type Transcript } from './recorded/transcript.js';
export { TimeWatch } from './rules/time-watch.js';
export { withTransportRules } from './rules/with-transport-rules.js';
export { createSoftwareChannel, type InProcessCard } from './software/create-software-channel.js';

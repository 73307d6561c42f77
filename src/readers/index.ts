export { type CardChannel, ChannelError, type ChannelErrorCode } from './card-channel.js';
export { type OpenPcscOptions, openPcsc } from './pcsc/open-pcsc.js';
export type { Pcsc, PcscBindingName, ReaderStatus, WaitForCardOptions } from './pcsc/pcsc.js';
export { createRecordedChannel, type RecordedChannel } from './recorded/create-recorded-channel.js';
export { type RecordingChannel, recordTranscript } from './recorded/record-transcript.js';
export { type Exchange, parseTranscript, type Transcript } from './recorded/transcript.js';
export { withTimeLimit } from './rules/with-time-limit.js';
export { withTransportRules } from './rules/with-transport-rules.js';
export { createSoftwareChannel, type InProcessCard } from './software/create-software-channel.js';

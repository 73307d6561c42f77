export { virtualReaderDriver } from './driver.js';
export {
  type PresentableCard,
  type PresentationEnd,
  type PresentedCard,
  type PresentOptions,
  presentCard,
  type VirtualReaderAddress,
} from './present-card.js';
export {
  type ReaderService,
  ReaderServiceError,
  type ReaderServiceErrorCode,
  type ReaderServiceOptions,
  startReaderService,
} from './start-reader-service.js';
export { speakingT0 } from './t0-card.js';

export {
  answerToResetOf,
  isAnswerToSelect,
  PLAIN_ANSWER_TO_SELECT,
  T0_ANSWER_TO_RESET,
} from './answers-to-reset.js';
export { virtualReaderDriver } from './driver.js';
export {
  type Front,
  type FrontListener,
  type ReaderModel,
  type ReaderModelName,
  readerModels,
} from './models/index.js';
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
  type VirtualReader,
  type VirtualSlot,
} from './start-reader-service.js';
export { speakingT0 } from './t0-card.js';

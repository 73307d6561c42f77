import { concat } from '../../emv/bytes.js';

/** Bits of T0 of an answer to select: an interface byte each that precedes the historical bytes. */
const ATS_INTERFACE_BYTES = [0x10, 0x20, 0x40];
const HISTORICAL_BYTES_MAX = 15;

/** An answer to select of a card that says nothing of itself: 256 bytes a frame, 106 kbit/s, waiting time 39 ms. */
export const PLAIN_ANSWER_TO_SELECT = Uint8Array.of(0x05, 0x78, 0x80, 0x70, 0x02);

/** The answer to reset of a T=0 card without historical bytes (EMV 4.3 Book 1 §8.2). */
export const T0_ANSWER_TO_RESET = Uint8Array.of(0x3b, 0x60, 0x00, 0x00);

/**
 * What a reader makes up as answer to reset of a contactless card with that answer to select (PC/SC part 3
 * §3.1.3.2.3.1): its historical bytes (ISO/IEC 14443-4 §5.2.7) in a fixed frame.
 */
export function answerToResetOf(answerToSelect: Uint8Array): Uint8Array {
  const [, format = 0] = answerToSelect;
  const start = 2 + ATS_INTERFACE_BYTES.filter((bit) => format & bit).length;
  const historicalBytes = answerToSelect.subarray(start).subarray(0, HISTORICAL_BYTES_MAX);
  const frame = concat(Uint8Array.of(0x80 | historicalBytes.length, 0x80, 0x01), historicalBytes);
  return concat(Uint8Array.of(0x3b), frame, Uint8Array.of(frame.reduce((check, byte) => check ^ byte, 0)));
}

/** Whether the bytes are an answer to select: their first is their number. */
export const isAnswerToSelect = (bytes: Uint8Array): boolean => bytes.length >= 2 && bytes[0] === bytes.length;

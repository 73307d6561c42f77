import { concat, equalBytes } from '../../../emv/bytes.js';
import type { CardInField } from './reader-model.js';

const GET_DATA = Uint8Array.of(0xff, 0xca);
const DONE = Uint8Array.of(0x90, 0x00);
const UNKNOWN_PARAMETER = Uint8Array.of(0x6a, 0x81);

/** GET DATA to a contactless reader (PC/SC part 3 §3.2.2.1.3): P1 00 the UID, 01 the ATS; `undefined` for others. */
export function answerGetData(command: Uint8Array, { uid, ats }: CardInField): Uint8Array | undefined {
  if (command.length !== 5 || !equalBytes(command.subarray(0, 2), GET_DATA)) return undefined;
  const [, , p1, p2, le] = command as unknown as readonly [number, number, number, number, number];
  const data = p2 !== 0 ? undefined : [uid, ats][p1];
  if (data === undefined) return UNKNOWN_PARAMETER;
  return le === 0 || le === data.length ? concat(data, DONE) : Uint8Array.of(0x6c, data.length);
}

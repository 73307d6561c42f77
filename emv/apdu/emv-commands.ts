import { fromHex } from '../bytes.js';
import { encode } from '../tlv/index.js';
import type { Command } from './command.js';

/** SELECT by name (EMV 4.3 Book 1 §11.3): an application identifier, the PSE or the PPSE. */
export function select(name: Uint8Array, occurrence: 'first' | 'next' = 'first'): Command {
  return { cla: 0x00, ins: 0xa4, p1: 0x04, p2: occurrence === 'first' ? 0x00 : 0x02, data: name, le: 0 };
}

/** GET PROCESSING OPTIONS (EMV 4.3 Book 3 §6.5.8): `data` is what the PDOL asks for, wrapped here in template 83. */
export function getProcessingOptions(data: Uint8Array): Command {
  return { cla: 0x80, ins: 0xa8, p1: 0x00, p2: 0x00, data: encode([{ tag: '83', value: data }]), le: 0 };
}

/** READ RECORD (EMV 4.3 Book 3 §6.5.11). */
export function readRecord(shortFileIdentifier: number, recordNumber: number): Command {
  return { cla: 0x00, ins: 0xb2, p1: recordNumber, p2: (shortFileIdentifier << 3) | 0x04, le: 0 };
}

/** GET DATA (EMV 4.3 Book 3 §6.5.7): a tag of one or two bytes, `'9F36'`. */
export function getData(tag: string): Command {
  const [p1, p2] = fromHex(tag.padStart(4, '0'));
  return { cla: 0x80, ins: 0xca, p1: p1!, p2: p2!, le: 0 };
}

/** GET RESPONSE (EMV 4.3 Book 1 §9.3.1.3): fetches the bytes that 61xx announced. */
export function getResponse(length: number): Command {
  return { cla: 0x00, ins: 0xc0, p1: 0x00, p2: 0x00, le: length };
}

import { fromHex, toHex } from '../bytes.js';
import { encode } from '../tlv/index.js';
import type { Command } from './command.js';
import { instructions } from './instructions.js';

/** SELECT by name (EMV 4.3 Book 1 §11.3): an application identifier, the PSE or the PPSE. */
export function select(name: Uint8Array, occurrence: 'first' | 'next' = 'first'): Command {
  return { cla: 0x00, ins: instructions.select, p1: 0x04, p2: occurrence === 'first' ? 0x00 : 0x02, data: name, le: 0 };
}

/** GET PROCESSING OPTIONS (EMV 4.3 Book 3 §6.5.8): `data` is what the PDOL asks for, wrapped here in template 83. */
export function getProcessingOptions(data: Uint8Array): Command {
  return {
    cla: 0x80,
    ins: instructions.getProcessingOptions,
    p1: 0x00,
    p2: 0x00,
    data: encode([{ tag: '83', value: data }]),
    le: 0,
  };
}

/** READ RECORD (EMV 4.3 Book 3 §6.5.11). */
export function readRecord(shortFileIdentifier: number, recordNumber: number): Command {
  return { cla: 0x00, ins: instructions.readRecord, p1: recordNumber, p2: (shortFileIdentifier << 3) | 0x04, le: 0 };
}

/** GET DATA (EMV 4.3 Book 3 §6.5.7): a tag of one or two bytes, `'9F36'`. */
export function getData(tag: string): Command {
  const [p1, p2] = fromHex(tag.padStart(4, '0'));
  return { cla: 0x80, ins: instructions.getData, p1: p1!, p2: p2!, le: 0 };
}

/** The tag that the parameters of GET DATA and PUT DATA are. */
export const tagOfParameters = ({ p1, p2 }: Pick<Command, 'p1' | 'p2'>): string =>
  toHex(p1 === 0 ? Uint8Array.of(p2) : Uint8Array.of(p1, p2));

/** GET RESPONSE (EMV 4.3 Book 1 §9.3.1.3): fetches the bytes that 61xx announced. */
export function getResponse(length: number): Command {
  return { cla: 0x00, ins: instructions.getResponse, p1: 0x00, p2: 0x00, le: length };
}

/** INTERNAL AUTHENTICATE (EMV 4.3 Book 3 §6.5.9): what the DDOL asks for, to be signed. */
export function internalAuthenticate(data: Uint8Array): Command {
  return { cla: 0x00, ins: instructions.internalAuthenticate, p1: 0x00, p2: 0x00, data, le: 0 };
}

/** GET CHALLENGE (EMV 4.3 Book 3 §6.5.6): 8 random bytes of the card. */
export function getChallenge(): Command {
  return { cla: 0x00, ins: instructions.getChallenge, p1: 0x00, p2: 0x00, le: 0 };
}

/** VERIFY (EMV 4.3 Book 3 §6.5.12): a plaintext PIN block with qualifier 80, an enciphered one with 88. */
export function verify(qualifier: number, data: Uint8Array): Command {
  return { cla: 0x00, ins: instructions.verify, p1: 0x00, p2: qualifier, data };
}

/** GENERATE AC (EMV 4.3 Book 3 §6.5.5): `cryptogram` 00 AAC, 40 TC, 80 ARQC; with `signed` a CDA signature over it. */
export function generateApplicationCryptogram(cryptogram: number, signed: boolean, data: Uint8Array): Command {
  return {
    cla: 0x80,
    ins: instructions.generateCryptogram,
    p1: cryptogram | (signed ? 0x10 : 0x00),
    p2: 0x00,
    data,
    le: 0,
  };
}

/** EXTERNAL AUTHENTICATE (EMV 4.3 Book 3 §6.5.4): the issuer authentication data (91). */
export function externalAuthenticate(issuerAuthenticationData: Uint8Array): Command {
  return { cla: 0x00, ins: instructions.externalAuthenticate, p1: 0x00, p2: 0x00, data: issuerAuthenticationData };
}

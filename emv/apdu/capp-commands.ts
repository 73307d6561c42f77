import { concat } from '../bytes.js';
import type { Command } from './command.js';
import { instructions } from './instructions.js';

/** Class and instruction of the commands of JR/T 0025.14-2013 annex A. */
const cappCommands = {
  readCappData: { cla: 0x80, ins: instructions.readCappData },
  updateCappDataCache: { cla: 0x84, ins: instructions.updateCappDataCache },
  appendRecord: { cla: 0x04, ins: instructions.appendRecord },
  getTransProve: { cla: 0x80, ins: instructions.getTransProve },
} as const;

/** Whether it is a command of small payments (JR/T 0025.14-2013 annex A): another one of the instruction has another class. */
export const isCappCommand = ({ cla, ins }: Pick<Command, 'cla' | 'ins'>): boolean =>
  Object.values(cappCommands).some((command) => command.cla === cla && command.ins === ins);

/** Which record with an identifier: the first of the file, or the next one after it. */
export type CappOccurrence = 'first' | 'next';

const reference = (shortFileIdentifier: number, occurrence: CappOccurrence): number =>
  (shortFileIdentifier << 3) | (occurrence === 'first' ? 0 : 1);

/**
 * READ CAPP DATA (JR/T 0025.14-2013 A.1): `identifier` is the record's, 2 bytes; `challenge`, 8 random bytes, where the
 * card protects its answers (DF61 bit 8).
 */
export function readCappData(
  shortFileIdentifier: number,
  identifier: Uint8Array,
  { occurrence = 'first', challenge }: { occurrence?: CappOccurrence; challenge?: Uint8Array | undefined } = {},
): Command {
  const data = challenge ? concat(identifier, challenge) : identifier;
  return { ...cappCommands.readCappData, p1: 0x00, p2: reference(shortFileIdentifier, occurrence), data, le: 0 };
}

/** A record that UPDATE CAPP DATA CACHE carries has room for its MAC behind it in a short command. */
export const UPDATED_RECORD_LENGTH_MAX = 251;

/**
 * UPDATE CAPP DATA CACHE (JR/T 0025.14-2013 A.2) without its MAC, see {@link withMac}: the whole record of a
 * variable file, or the data of the newest record of a cyclic one.
 */
export function updateCappDataCache(
  shortFileIdentifier: number,
  record: Uint8Array,
  occurrence: CappOccurrence = 'first',
): Command & { readonly data: Uint8Array } {
  return {
    ...cappCommands.updateCappDataCache,
    p1: 0x00,
    p2: reference(shortFileIdentifier, occurrence),
    data: record,
    le: 0,
  };
}

/** APPEND RECORD (JR/T 0025.14-2013 A.3) without its MAC: the management key under the opening key, then the record. */
export function appendCappRecord(
  shortFileIdentifier: number,
  encipheredKey: Uint8Array,
  record: Uint8Array,
): Command & { readonly data: Uint8Array } {
  return { ...cappCommands.appendRecord, p1: 0x00, p2: shortFileIdentifier << 3, data: concat(encipheredKey, record) };
}

/** GET TRANS PROVE (JR/T 0025.14-2013 A.4): the cryptogram of the completed extended transaction with that counter. */
export function getTransProve(applicationTransactionCounter: Uint8Array): Command {
  return { ...cappCommands.getTransProve, p1: 0x00, p2: 0x00, data: applicationTransactionCounter, le: 8 };
}

/** CLA INS P1 P2, as a MAC covers them. */
export const headerOf = ({ cla, ins, p1, p2 }: Command): Uint8Array => Uint8Array.of(cla, ins, p1, p2);

/** The command with its MAC behind the data. */
export const withMac = (command: Command & { readonly data: Uint8Array }, mac: Uint8Array): Command => ({
  ...command,
  data: concat(command.data, mac),
});

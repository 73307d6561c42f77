import { randomBytes } from 'node:crypto';
import { type ContactTerminal, fromHex } from '../../../../emv/index.js';
import { createTestPki, testZonePinKey } from '../../../../simulator/index.js';
import { parseInstant } from '../../options/instant.js';
import { stateFolder } from '../../state/state-folder.js';
import { loadTrust } from '../../trusted-keys.js';
import { openRecordingFile, type RecordingFile } from '../recording/open-recording-file.js';
import type { TapOptions } from '../tap-options.js';
import { type ContactOptions, type ContactTransactionType, isOfMoney } from './contact-options.js';
import { contactTerminal } from './contact-terminal.js';

const DEFAULT_AMOUNT_FEN = 1000;

/** A shop's counter, ready for cards. */
export interface Counter {
  readonly type: ContactTransactionType;
  readonly amountFen: number;
  readonly state: string;
  /** 16 bytes, under which the online PIN goes to the issuer. */
  readonly zonePinKey: Uint8Array;
  readonly recordingFile?: RecordingFile | undefined;
  /** When the next transaction is. */
  clock(): Date;
  /** The terminal of one transaction: its number and its time are of no other. */
  terminalAt(at: Date): ContactTerminal;
}

/** The counter that the options name. Throws {@link CommandError}. */
export async function openCounter(options: TapOptions & ContactOptions): Promise<Counter> {
  const { type = 'purchase', zonePinKey } = options;
  const amountFen = isOfMoney(type) ? (options.amount ?? DEFAULT_AMOUNT_FEN) : 0;
  const recordingFile = options.record === undefined ? undefined : await openRecordingFile(options.record);
  const at = options.at === undefined ? undefined : await parseInstant(options.at);
  const state = stateFolder(options.state);
  const trust = await loadTrust({ testCards: options.testCards, state, files: options.caKeys ?? [] });
  return {
    type,
    amountFen,
    state,
    zonePinKey: zonePinKey === undefined ? testZonePinKey(createTestPki()) : fromHex(zonePinKey),
    recordingFile,
    clock: () => at ?? new Date(),
    terminalAt: (now) => contactTerminal({ ...options, type, amountFen, at: now, trust, random: randomBytes }),
  };
}

import type { EventEmitter } from 'node:events';

/** The part of `nfc-pcsc` 0.8 and of `@pokusew/pcsclite` 0.6 below it that we use; neither has types of this. */
export interface NfcPcscPackage {
  readonly NFC: new () => NfcPcsc;
}

export interface NfcPcsc extends EventEmitter {
  /** The watcher of the list of readers: calls back with every new list, also with an empty one. */
  readonly pcsc: { start(callback: (error: unknown, names: unknown) => void): void };
  close(): void;
}

export interface NfcPcscReader extends EventEmitter {
  readonly name: string;
  autoProcessing: boolean;
  readonly reader: PcscliteReader;
  close(): void;
}

type Callback<Result> = (error: Error | null | undefined, result: Result) => void;

export interface PcscliteReader extends EventEmitter {
  connect(options: { share_mode: number; protocol: number }, callback: Callback<number>): void;
  disconnect(disposition: number, callback: Callback<undefined>): void;
  transmit(command: Uint8Array, responseLengthMax: number, protocol: number, callback: Callback<Uint8Array>): void;
  control(data: Uint8Array, controlCode: number, responseLengthMax: number, callback: Callback<Uint8Array>): void;
}

/** PC/SC part 5 §3.2.5.1. */
export const LEAVE_CARD = 0;
export const UNPOWER_CARD = 2;

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
  /** `transmit` refuses to work without. */
  card: object | null;
  readonly reader: PcscliteReader;
  connect(): Promise<unknown>;
  transmit(command: Uint8Array, responseLengthMax: number): Promise<Uint8Array>;
  close(): void;
}

export interface PcscliteReader extends EventEmitter {
  readonly connected: boolean;
  readonly SCARD_LEAVE_CARD: number;
  readonly SCARD_UNPOWER_CARD: number;
  disconnect(disposition: number, callback: (error: Error | null | undefined) => void): void;
}

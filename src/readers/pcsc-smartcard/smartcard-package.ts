/** The part of the package `smartcard` 3.7 that we use. Its own types are there only where it was installed. */
export interface SmartcardPackage {
  readonly Context: new () => SmartcardContext;
}

export interface SmartcardContext {
  listReaders(): SmartcardReader[];
  waitForChange(readers: readonly { name: string; state: number }[], timeoutMs: number): Promise<unknown>;
  cancel(): void;
  close(): void;
}

export interface SmartcardReader {
  readonly name: string;
  readonly state: number;
  readonly atr: Uint8Array | null;
  connect(shareMode: number, protocols: number): Promise<SmartcardCard>;
}

export interface SmartcardCard {
  readonly atr: Uint8Array | null;
  transmit(command: Uint8Array, options: { maxRecvLength: number }): Promise<Uint8Array>;
  reconnect(shareMode: number, protocols: number, initialization: number): Promise<number>;
  disconnect(disposition: number): void;
}

/** PC/SC part 5 §3.2.5.1. */
export const SHARE_SHARED = 2;
export const PROTOCOL_ANY = 3;
export const LEAVE_CARD = 0;
export const UNPOWER_CARD = 2;

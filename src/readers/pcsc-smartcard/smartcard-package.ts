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
  readonly protocol: number;
  transmit(command: Uint8Array, options: { maxRecvLength: number }): Promise<Uint8Array>;
  control(controlCode: number, data: Uint8Array): Promise<Uint8Array>;
  reconnect(shareMode: number, protocols: number, initialization: number): Promise<number>;
  disconnect(disposition: number): void;
}

/** PC/SC part 5 §3.2.5.1. */
export const LEAVE_CARD = 0;
export const UNPOWER_CARD = 2;

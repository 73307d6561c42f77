/** A card's private key ready to sign; building it costs more than signing, so a card does it once. */
export interface SigningKey {
  /** Signed dynamic application data 9F4B over `dynamicData`, which it carries, and the terminal's data. */
  signDynamicData(dynamicData: Uint8Array, terminalData: Uint8Array): Uint8Array;
  /** The hash of combined authentication that belongs to the algorithm. */
  hash(data: Uint8Array): Uint8Array;
}

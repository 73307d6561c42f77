/** The part of `tlv` 1.1.1 that tests and benchmarks hold our decoder against. */
declare module 'tlv' {
  interface TLV {
    readonly tag: number;
    readonly constructed: boolean;
    readonly value: Buffer | TLV[];
    encode(): Buffer;
  }
  const tlv: {
    readonly TLV: new (tag: number, value: Buffer | TLV[]) => TLV;
    parseAll(bytes: Buffer): TLV[];
  };

  export type { TLV };
  export default tlv;
}

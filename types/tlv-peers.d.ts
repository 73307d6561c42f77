/** As far as tests and benches use them. */
declare module 'ber-tlv' {
  interface Tlv {
    readonly tag: string;
    /** 0 primitive, 1 constructed. */
    readonly type: number;
    readonly value?: Buffer;
    readonly items?: readonly Tlv[];
  }

  export type { Tlv };
  export const TlvFactory: { parse(bytes: Buffer): Tlv[] };
}

declare module 'node-tlv' {
  interface Tlv {
    readonly tag: string;
    readonly value: string;
    readonly child: readonly Tlv[];
  }
  const tlv: { parseList(hex: string): Tlv[] };

  export type { Tlv };
  export default tlv;
}

declare module 'node-emv' {
  interface Tlv {
    readonly tag: string;
    readonly value: string | readonly Tlv[];
  }
  const emv: { parse(hex: string, done: (objects: readonly Tlv[]) => void): void };

  export type { Tlv };
  export default emv;
}

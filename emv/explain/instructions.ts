/** Instruction bytes whose parameters, data or answers have a meaning of their own here. */
export const instructions = {
  select: 0xa4,
  readRecord: 0xb2,
  readBinary: 0xb0,
  getData: 0xca,
  getResponse: 0xc0,
  getBalance: 0x5c,
  getProcessingOptions: 0xa8,
  generateCryptogram: 0xae,
  internalAuthenticate: 0x88,
  verify: 0x20,
} as const;

/** Class and instruction of the commands of JR/T 0025.14-2013 annex A. */
const cappCommands: readonly (readonly [cla: number, ins: number])[] = [
  [0x80, 0xb4],
  [0x84, 0xde],
  [0x04, 0xe2],
  [0x80, 0x5a],
];

export const isCappCommand = ({ cla, ins }: { readonly cla: number; readonly ins: number }): boolean =>
  cappCommands.some((one) => one[0] === cla && one[1] === ins);

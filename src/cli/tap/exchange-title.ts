import {
  ApduError,
  type Command,
  commandName,
  decodeCommand,
  instructions,
  tagOfParameters,
  toAscii,
  toHex,
} from '../../../emv/index.js';

const environments: Readonly<Record<string, string>> = { '1PAY.SYS.DDF01': 'PSE', '2PAY.SYS.DDF01': 'PPSE' };
const cryptograms = ['AAC', 'TC', 'ARQC'] as const;
const NEXT_OCCURRENCE = 0x02;

/** A command in a few words, with what tells it from others of its kind: `SELECT PPSE`, `READ RECORD 1 of file 2`. */
export function exchangeTitle(bytes: Uint8Array): string {
  const command = tryDecodeCommand(bytes);
  if (command === undefined) return 'no command';
  return [commandName(command), particulars(command)].filter((words) => words !== '').join(' ');
}

function particulars(command: Command): string {
  const { data = new Uint8Array(0), ins, p1, p2 } = command;
  switch (ins) {
    case instructions.select: {
      const next = (p2 & 0x03) === NEXT_OCCURRENCE ? 'next ' : '';
      return next + (environments[toAscii(data)] ?? toHex(data));
    }
    case instructions.readRecord:
      return `${p1} of file ${p2 >> 3}`;
    case instructions.getData:
      return tagOfParameters(command);
    case instructions.generateCryptogram:
      return cryptograms[p1 >> 6] ?? '';
    default:
      return '';
  }
}

function tryDecodeCommand(bytes: Uint8Array): Command | undefined {
  try {
    return decodeCommand(bytes);
  } catch (error) {
    if (error instanceof ApduError) return undefined;
    throw error;
  }
}

import {
  commandName,
  decode,
  decodeCommand,
  type ExplainedObject,
  type ExplainOptions,
  explain,
  statusWordMeaning,
  TlvError,
  toHex,
} from '../../../emv/index.js';

/** What the bytes turned out to be, as the list that `--json` prints. */
export interface Recognised {
  readonly kind: 'data-objects' | 'response' | 'command';
  readonly objects: readonly ExplainedObject[];
}

/**
 * Data objects first; then a response (data objects and a status word, or a status word alone), then a command.
 * Throws the {@link TlvError} of the first reading where none fits.
 */
export function recognise(bytes: Uint8Array, options: ExplainOptions): Recognised {
  const asCommand = readCommand(bytes, options);
  if (asCommand) return { kind: 'command', objects: asCommand };
  const asResponse = readResponse(bytes, options);
  if (asResponse) return { kind: 'response', objects: asResponse };
  return { kind: 'data-objects', objects: explain(bytes, options) };
}

const isTlv = (bytes: Uint8Array): boolean => {
  try {
    decode(bytes);
    return true;
  } catch (error) {
    if (error instanceof TlvError) return false;
    throw error;
  }
};

const looksLikeStatusWord = (high: number): boolean =>
  high >= 0x61 && high <= 0x6f ? true : high >= 0x90 && high <= 0x9f;

function readResponse(bytes: Uint8Array, options: ExplainOptions): ExplainedObject[] | undefined {
  const data = bytes.subarray(0, -2);
  if (bytes.length < 2 || !looksLikeStatusWord(bytes[bytes.length - 2]!) || !isTlv(data)) return undefined;
  if (isTlv(bytes) && bytes.length > 2) return undefined;
  const statusWord = (bytes[bytes.length - 2]! << 8) | bytes[bytes.length - 1]!;
  const { meaning, meaningZh } = statusWordMeaning(statusWord);
  return [
    ...explain(data, options),
    {
      tag: 'SW',
      name: options.language === 'zh' ? '状态字' : 'Status word',
      value: toHex(bytes.subarray(-2)),
      meaning: options.language === 'zh' ? meaningZh : meaning,
    },
  ];
}

function readCommand(bytes: Uint8Array, options: ExplainOptions): ExplainedObject[] | undefined {
  const isInterindustry = bytes[0] === 0x00 || bytes[0] === 0x04 || bytes[0] === 0x80 || bytes[0] === 0x84;
  if (!isInterindustry || bytes.length < 5 || isTlv(bytes)) return undefined;
  try {
    const command = decodeCommand(bytes);
    const data = command.data ?? new Uint8Array(0);
    const parameters = toHex(Uint8Array.of(command.p1, command.p2));
    const zh = options.language === 'zh';
    return [
      { tag: 'INS', name: zh ? '命令' : 'Command', value: toHex(bytes.subarray(0, 2)), meaning: commandName(command) },
      { tag: 'P1P2', name: zh ? '参数' : 'Parameters', value: parameters },
      ...(data.length === 0
        ? []
        : isTlv(data)
          ? explain(data, options)
          : [{ tag: 'DATA', name: zh ? '数据' : 'Data', value: toHex(data) }]),
    ];
  } catch {
    return undefined;
  }
}

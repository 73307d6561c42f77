import { commandName, decodeResponse, type StatusWordContext, statusWordMeaning } from '../apdu/index.js';
import { toHex } from '../bytes.js';
import { explainData } from './explain-bytes.js';
import type { ExplainedObject, ExplainOptions } from './explained-object.js';
import { part } from './part.js';

export interface ExplainResponseOptions extends ExplainOptions {
  /** Instruction byte of the command that was answered: some status words depend on it. */
  readonly instruction?: number;
}

/** What a card answered, and its status word as `SW`. Throws `ApduError` below two bytes. */
export function explainResponse(bytes: Uint8Array, options: ExplainResponseOptions = {}): ExplainedObject[] {
  const { data, statusWord } = decodeResponse(bytes);
  const { meaning, meaningZh } = statusWordMeaning(statusWord, answerTo(options.instruction));
  const said = options.language === 'zh' ? meaningZh : meaning;
  return [...explainData(data, options), part('SW', toHex(bytes.subarray(-2)), options, said)];
}

/** Where two commands share an instruction, the one of the proprietary class is meant: cards answer those. */
const answerTo = (instruction: number | undefined): StatusWordContext =>
  instruction === undefined ? {} : { command: commandName({ cla: 0x80, ins: instruction }) };

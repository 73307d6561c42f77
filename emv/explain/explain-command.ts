import {
  type Command,
  commandName,
  commandNameZh,
  decodeCommand,
  instructions,
  isCappCommand,
  tagOfParameters,
} from '../apdu/index.js';
import { toHex } from '../bytes.js';
import type { Language } from '../values/index.js';
import { readApplication } from './codes.js';
import { explainData, explainListed, explainRaw } from './explain-bytes.js';
import { explainCappCommandData, tradeOfFile } from './explain-capp.js';
import { explainIssuerData } from './explain-issuer-data.js';
import type { ExplainedObject, ExplainOptions } from './explained-object.js';
import { COMMAND_TEMPLATE, listedDataOf } from './listed-data.js';
import { knownName, nameOf } from './lists.js';
import { part } from './part.js';

export interface ExplainCommandOptions extends ExplainOptions {
  /** The PDOL, CDOL or DDOL that asked for the command's data, whose values then stand under their tags. */
  readonly dataObjectList?: Uint8Array;
}

/**
 * Class and instruction as `INS`, `P1P2`, then the data: data objects, or `DATA`. The PIN of a VERIFY is never shown.
 * Throws `ApduError` where the bytes are not a command.
 */
export function explainCommand(bytes: Uint8Array, options: ExplainCommandOptions = {}): ExplainedObject[] {
  const command = decodeCommand(bytes);
  return [
    part('INS', toHex(bytes.subarray(0, 2)), options, describeName(command, options.language)),
    part('P1P2', toHex(bytes.subarray(2, 4)), options, describeParameters(command, options.language ?? 'en')),
    ...explainCommandData(command, options),
  ];
}

/** In Chinese both names: documents use the English one. */
export function describeName(command: Pick<Command, 'cla' | 'ins'>, language: Language = 'en'): string {
  const chinese = language === 'zh' ? commandNameZh(command) : undefined;
  return chinese === undefined ? commandName(command) : `${commandName(command)} ${chinese}`;
}

function explainCommandData(command: Command, options: ExplainCommandOptions): ExplainedObject[] {
  const { ins, data = new Uint8Array(0) } = command;
  if (data.length === 0) return [];
  if (ins === instructions.verify) return [part('DATA', '*'.repeat(data.length * 2), options)];
  if (ins === instructions.select) return [explainRaw(data, options, readApplication(data, options.language ?? 'en'))];
  if (isCappCommand(command)) return explainCappCommandData(command, data, options);
  const issuers = explainIssuerData(command, data, options);
  if (issuers !== undefined) return issuers;
  if (options.dataObjectList === undefined) return explainData(data, options);
  const listed = listedDataOf(command);
  const children = listed && explainListed(listed, options.dataObjectList, options);
  if (ins !== instructions.getProcessingOptions) return children ?? [explainRaw(data, options)];
  if (children === undefined) return explainData(data, options);
  return [{ tag: COMMAND_TEMPLATE, name: nameOf(COMMAND_TEMPLATE, options.language ?? 'en'), children }];
}

const cryptogramTypes = ['AAC', 'TC', 'ARQC'] as const;

const describeFile = (file: number, language: Language): string => {
  const trade = tradeOfFile(file, language);
  return trade === undefined ? `SFI ${file}` : `SFI ${file}${language === 'zh' ? `（${trade}）` : ` (${trade})`}`;
};

/** P1 and P2 in words, of the commands whose parameters name something (EMV 4.3 Book 1 §11, Book 3 §6.5). */
function describeParameters(command: Command, language: Language): string | undefined {
  const { ins, p1, p2 } = command;
  const zh = language === 'zh';
  if (isCappCommand(command)) return ins === instructions.getTransProve ? undefined : describeFile(p2 >> 3, language);
  switch (ins) {
    case instructions.select: {
      if (p1 !== 0x04) return undefined;
      const isNext = (p2 & 0x03) === 0x02;
      return zh ? `按名称，${isNext ? '下一个' : '第一个'}` : `by name, ${isNext ? 'next' : 'first'} occurrence`;
    }
    case instructions.readRecord: {
      if ((p2 & 0x07) !== 0x04) return undefined;
      return zh ? `SFI ${p2 >> 3} 记录 ${p1}` : `SFI ${p2 >> 3} record ${p1}`;
    }
    case instructions.readBinary:
      if (p1 < 0x80) return undefined;
      return zh ? `SFI ${p1 & 0x1f}，自第 ${p2 + 1} 字节` : `SFI ${p1 & 0x1f} from byte ${p2 + 1}`;
    case instructions.getData: {
      const tag = tagOfParameters(command);
      const name = knownName(tag, language);
      return name === undefined ? tag : `${tag} ${name}`;
    }
    case instructions.generateCryptogram: {
      const type = cryptogramTypes[p1 >> 6];
      const combined = (p1 & 0x10) !== 0 ? (zh ? '，CDA' : ', CDA') : '';
      return type === undefined ? undefined : `${type}${combined}`;
    }
    default:
      return undefined;
  }
}

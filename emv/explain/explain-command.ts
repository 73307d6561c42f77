import { type Command, commandName, decodeCommand } from '../apdu/index.js';
import { toHex } from '../bytes.js';
import { decode, TlvError } from '../tlv/index.js';
import type { Language } from '../values/index.js';
import { readApplication } from './codes.js';
import { explainData, explainListed, explainRaw, part } from './explain-bytes.js';
import type { ExplainedObject, ExplainOptions } from './explained-object.js';
import { knownName } from './lists.js';

export interface ExplainCommandOptions extends ExplainOptions {
  /** The PDOL, CDOL or DDOL that asked for the command's data, whose values then stand under their tags. */
  readonly dataObjectList?: Uint8Array;
}

const INSTRUCTION = {
  select: 0xa4,
  readRecord: 0xb2,
  getData: 0xca,
  getProcessingOptions: 0xa8,
  generateCryptogram: 0xae,
  verify: 0x20,
} as const;
const COMMAND_TEMPLATE = '83';

/**
 * Class and instruction as `INS`, `P1P2`, then the data: data objects, or `DATA`. The PIN of a VERIFY is never shown.
 * Throws `ApduError` where the bytes are not a command.
 */
export function explainCommand(bytes: Uint8Array, options: ExplainCommandOptions = {}): ExplainedObject[] {
  const command = decodeCommand(bytes);
  return [
    part('INS', toHex(bytes.subarray(0, 2)), options, commandName(command)),
    part('P1P2', toHex(bytes.subarray(2, 4)), options, describeParameters(command, options.language ?? 'en')),
    ...explainCommandData(command, options),
  ];
}

function explainCommandData(command: Command, options: ExplainCommandOptions): ExplainedObject[] {
  const { ins, data = new Uint8Array(0) } = command;
  if (data.length === 0) return [];
  if (ins === INSTRUCTION.verify) return [part('DATA', '*'.repeat(data.length * 2), options)];
  if (ins === INSTRUCTION.select) return [explainRaw(data, options, readApplication(data, options.language ?? 'en'))];
  if (options.dataObjectList === undefined) return explainData(data, options);
  if (ins !== INSTRUCTION.getProcessingOptions) {
    return explainListed(data, options.dataObjectList, options) ?? [explainRaw(data, options)];
  }
  const template = commandTemplate(data);
  const children = template && explainListed(template, options.dataObjectList, options);
  if (children === undefined) return explainData(data, options);
  return [{ tag: COMMAND_TEMPLATE, name: knownName(COMMAND_TEMPLATE, options.language ?? 'en') ?? '', children }];
}

function commandTemplate(data: Uint8Array): Uint8Array | undefined {
  try {
    const [object, ...rest] = decode(data);
    return object?.tag === COMMAND_TEMPLATE && rest.length === 0 ? object.value : undefined;
  } catch (error) {
    if (error instanceof TlvError) return undefined;
    throw error;
  }
}

const cryptogramTypes = ['AAC', 'TC', 'ARQC'] as const;

/** P1 and P2 in words, of the commands whose parameters name something (EMV 4.3 Book 1 §11, Book 3 §6.5). */
function describeParameters({ ins, p1, p2 }: Command, language: Language): string | undefined {
  const zh = language === 'zh';
  switch (ins) {
    case INSTRUCTION.select: {
      if (p1 !== 0x04) return undefined;
      const isNext = (p2 & 0x03) === 0x02;
      return zh ? `按名称，${isNext ? '下一个' : '第一个'}` : `by name, ${isNext ? 'next' : 'first'} occurrence`;
    }
    case INSTRUCTION.readRecord: {
      if ((p2 & 0x07) !== 0x04) return undefined;
      return zh ? `SFI ${p2 >> 3} 记录 ${p1}` : `SFI ${p2 >> 3} record ${p1}`;
    }
    case INSTRUCTION.getData: {
      const tag = toHex(p1 === 0 ? Uint8Array.of(p2) : Uint8Array.of(p1, p2));
      const name = knownName(tag, language);
      return name === undefined ? tag : `${tag} ${name}`;
    }
    case INSTRUCTION.generateCryptogram: {
      const type = cryptogramTypes[p1 >> 6];
      const combined = (p1 & 0x10) !== 0 ? (zh ? '，CDA' : ', CDA') : '';
      return type === undefined ? undefined : `${type}${combined}`;
    }
    default:
      return undefined;
  }
}

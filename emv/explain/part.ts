import parts from './data/parts.json';
import type { ExplainedObject, ExplainOptions } from './explained-object.js';
import { shownHex } from './shown-hex.js';

export type PartTag = keyof typeof parts;

/** Word and name of a part of a command, an answer or a track, none of which have tags. */
export const partHead = (tag: PartTag, { language }: ExplainOptions) => ({
  tag,
  name: language === 'zh' ? parts[tag].nameZh : parts[tag].name,
});

/** Such a part with its value: bytes, whose card numbers are hidden, or what is to be shown. */
export const part = (
  tag: PartTag,
  value: Uint8Array | string,
  options: ExplainOptions,
  meaning?: string,
): ExplainedObject => ({
  ...partHead(tag, options),
  value: typeof value === 'string' ? value : shownHex(value, options),
  ...(meaning !== undefined && { meaning }),
});

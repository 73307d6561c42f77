import { type Command, instructions } from '../apdu/index.js';
import { tryDecode } from './try-decode.js';

export const COMMAND_TEMPLATE = '83';

/** The bytes that answer a data object list in a command: the content of template 83, or all data. */
export function listedDataOf({ ins, data }: Command): Uint8Array | undefined {
  if (data === undefined || ins !== instructions.getProcessingOptions) return data;
  const [object, ...others] = tryDecode(data) ?? [];
  return object?.tag === COMMAND_TEMPLATE && others.length === 0 ? object.value : undefined;
}

import { type Command, instructions } from '../apdu/index.js';
import { onlyObject } from '../tlv/index.js';

export const COMMAND_TEMPLATE = '83';

/** The bytes that answer a data object list in a command: the content of template 83, or all data. */
export function listedDataOf({ ins, data }: Command): Uint8Array | undefined {
  if (data === undefined || ins !== instructions.getProcessingOptions) return data;
  return onlyObject(data, COMMAND_TEMPLATE)?.value;
}

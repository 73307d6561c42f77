import type { DataMap } from '../../tlv/index.js';
import { splitListed } from '../explain-bytes.js';
import { instructions } from '../instructions.js';
import { tryDecode } from '../try-decode.js';
import type { SessionStep } from './session-step.js';

const COMMAND_TEMPLATE = '83';

/** The bytes that answer a data object list in a command: the content of template 83, or all data. */
export function listedData({ command }: SessionStep): Uint8Array | undefined {
  if (command?.data === undefined) return undefined;
  if (command.ins !== instructions.getProcessingOptions) return command.data;
  const [object, ...others] = tryDecode(command.data) ?? [];
  return object?.tag === COMMAND_TEMPLATE && others.length === 0 ? object.value : undefined;
}

/** What the terminal told the card with a command, by the list that the card gave. */
export function commandValues(step: SessionStep): DataMap {
  const data = listedData(step);
  if (data === undefined || step.dataObjectList === undefined) return new Map();
  return new Map(splitListed(data, step.dataObjectList)?.map(({ tag, value }) => [tag, value]) ?? []);
}

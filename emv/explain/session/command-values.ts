import type { DataMap } from '../../tlv/index.js';
import { splitListed } from '../explain-bytes.js';
import { listedDataOf } from '../listed-data.js';
import type { SessionStep } from './session-step.js';

/** The bytes that answer a data object list in a step's command. */
export const listedData = ({ command }: SessionStep): Uint8Array | undefined => command && listedDataOf(command);

/** What the terminal told the card with a command, by the list that the card gave. */
export function commandValues(step: SessionStep): DataMap {
  const data = listedData(step);
  if (data === undefined || step.dataObjectList === undefined) return new Map();
  return new Map(splitListed(data, step.dataObjectList)?.map(({ tag, value }) => [tag, value]) ?? []);
}

import {
  type DataMap,
  decode,
  decodeCommand,
  decodeDataObjectList,
  findFirst,
  fromHex,
  toHex,
} from '../../../emv/index.js';
import type { Transcript } from '../../readers/index.js';

/** What a recorded terminal took from chance and from its clock; who plays the transcript must say the same. */
export interface RecordedTerminal {
  readonly unpredictableNumber?: Uint8Array | undefined;
  readonly at?: Date | undefined;
}

const GET_PROCESSING_OPTIONS = '80A8';

/** Reads it from the values that the terminal gave the card for its list (9F38) in GET PROCESSING OPTIONS. */
export function recordedTerminal({ transcript }: Transcript): RecordedTerminal {
  const index = transcript.findIndex(({ command }) => command.toUpperCase().startsWith(GET_PROCESSING_OPTIONS));
  const selected = transcript[index - 1];
  if (!selected) return {};
  const list = findFirst(decode(fromHex(selected.response).subarray(0, -2)), '6F', 'A5', '9F38')?.value;
  const given = decodeCommand(fromHex(transcript[index]!.command)).data;
  const values = given && findFirst(decode(given), '83')?.value;
  if (!list || !values) return {};
  const said = readValues(list, values);
  return { unpredictableNumber: said.get('9F37'), at: instantOf(said) };
}

function readValues(list: Uint8Array, values: Uint8Array): DataMap {
  let offset = 0;
  return new Map(
    decodeDataObjectList(list).map(({ tag, length }) => {
      const from = offset;
      offset += length;
      return [tag, values.subarray(from, offset)];
    }),
  );
}

/** 9A, and 9F21 where the card asked for it, in China. */
function instantOf(said: DataMap): Date | undefined {
  const [year, month, day] = digitPairs(said.get('9A'));
  const [hour = '12', minute = '00', second = '00'] = digitPairs(said.get('9F21'));
  return day === undefined ? undefined : new Date(`20${year}-${month}-${day}T${hour}:${minute}:${second}+08:00`);
}

const digitPairs = (value: Uint8Array | undefined): string[] => (value && toHex(value).match(/../g)) ?? [];

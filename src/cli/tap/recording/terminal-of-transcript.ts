import { commandValues, type DataMap, followSession, fromHex, instructions, toHex } from '../../../../emv/index.js';
import type { Transcript } from '../../../readers/index.js';
import type { Place, TapEvent } from '../../../tap/index.js';

/** What a recorded terminal was told, and took from chance and its clock; who plays its part must say the same. */
export interface RecordedTerminal {
  readonly profile?: string | undefined;
  readonly event?: TapEvent | undefined;
  readonly place?: Place | undefined;
  readonly amountFen?: number | undefined;
  readonly unpredictableNumber?: Uint8Array | undefined;
  readonly at?: Date | undefined;
}

/** Reads it from the values that the terminal gave the card for its list (9F38) in GET PROCESSING OPTIONS. */
export function terminalOfTranscript({ transcript }: Transcript): RecordedTerminal {
  const steps = followSession(
    transcript.map(({ command, response }) => ({ command: fromHex(command), response: fromHex(response) })),
  );
  const asked = steps.find(({ command }) => command?.ins === instructions.getProcessingOptions);
  if (asked === undefined) return {};
  const said = commandValues(asked);
  return { unpredictableNumber: said.get('9F37'), at: instantOf(said) };
}

/** 9A, and 9F21 where the card asked for it, in China. */
function instantOf(said: DataMap): Date | undefined {
  const [year, month, day] = digitPairs(said.get('9A'));
  const [hour = '12', minute = '00', second = '00'] = digitPairs(said.get('9F21'));
  const instant = new Date(`20${year}-${month}-${day}T${hour}:${minute}:${second}+08:00`);
  return Number.isNaN(instant.getTime()) ? undefined : instant;
}

const digitPairs = (value: Uint8Array | undefined): string[] => (value && toHex(value).match(/../g)) ?? [];

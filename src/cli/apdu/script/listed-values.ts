import { buildDataObjectList, fromHex } from '../../../../emv/index.js';
import { shanghaiTerminalTime } from '../../../calendar/shanghai.js';
import { CommandError } from '../../exit-codes.js';
import terminalValues from '../terminal-values.json';
import { toBytes } from './parse-hex.js';
import type { Surroundings } from './statement.js';

const UNPREDICTABLE_NUMBER_LENGTH = 4;

/** `9F02=000000000200 …`, or hex as it stands; `undefined` where nothing was said. */
export function parseValues(operands: readonly string[]): ReadonlyMap<string, Uint8Array> | Uint8Array | undefined {
  if (operands.length === 0) return undefined;
  if (!operands.some((operand) => operand.includes('='))) return toBytes(operands.join(''));
  return new Map(
    operands.map((operand) => {
      const [, tag, value] = /^((?:[0-9A-Fa-f]{2})+)=(.*)$/.exec(operand) ?? [];
      if (tag === undefined) {
        throw new CommandError('apdu-invalid', `${operand} is no value`, undefined, 'Values: 9F02=000000000200 9C=00');
      }
      return [tag.toUpperCase(), toBytes(value!)] as const;
    }),
  );
}

/** The data that a list (PDOL, CDOL, DDOL) asks for: given values first, then what was said, then a bench's own. */
export function listedValues(
  list: Uint8Array,
  given: ReadonlyMap<string, Uint8Array> | undefined,
  { clock, random, said }: Surroundings,
): Uint8Array {
  const { date, time } = shanghaiTerminalTime(clock().getTime());
  return buildDataObjectList(
    list,
    new Map([
      ...Object.entries(terminalValues).map(([tag, value]) => [tag, fromHex(value)] as const),
      ['9A', fromHex(date)],
      ['9F21', fromHex(time)],
      ...said,
      ['9F37', random(UNPREDICTABLE_NUMBER_LENGTH)],
      ...(given ?? []),
    ]),
  );
}

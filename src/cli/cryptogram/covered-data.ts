import {
  applicationCryptogramData,
  cryptogramVersionOf,
  type DataMap,
  decode,
  flatten,
  toHex,
} from '../../../emv/index.js';
import { readCardNumber } from '../../../simulator/index.js';
import { CommandError } from '../exit-codes.js';
import { readHex } from './read-hex.js';

/** What a cryptogram covers, and what the data objects say besides. */
export interface CoveredData {
  readonly data: Uint8Array;
  /** 9F26, where it is among the objects. */
  readonly claimed?: Uint8Array | undefined;
  /** Counter and number, as the options name them, where the objects have them. */
  readonly known: { readonly atc?: string; readonly pan?: string; readonly psn?: string };
}

interface Given {
  readonly data?: string;
  readonly objects?: string;
  readonly atc?: string;
  readonly pan?: string;
}

/** The bytes of `--data`, or of those data objects that the version in 9F10 names. */
export function coveredData({ data, objects, atc, pan }: Given): CoveredData {
  if ((data === undefined) === (objects === undefined)) {
    throw new CommandError('wrong-use', 'one of --objects and --data is wanted');
  }
  if (data !== undefined) return { data: readHex('--data', data), known: {} };
  const values = flatten(decode(readHex('--objects', objects!)));
  const version = cryptogramVersionOf(toHex(values.get('9F10')?.subarray(2, 3) ?? new Uint8Array(0)));
  if (version === undefined) {
    throw new CommandError('wrong-use', '--objects has no 9F10 of a version that PBOC knows (01, 17); give --data');
  }
  return {
    data: applicationCryptogramData(version, values),
    claimed: values.get('9F26'),
    known: { ...(atc === undefined ? counterOf(values) : {}), ...(pan === undefined ? numberOf(values) : {}) },
  };
}

const counterOf = (values: DataMap) => ({ atc: toHex(values.get('9F36')!) });

function numberOf(values: DataMap): { readonly pan?: string; readonly psn?: string } {
  const card = readCardNumber(values);
  return card === undefined ? {} : { pan: card.pan, psn: card.panSequenceNumber };
}

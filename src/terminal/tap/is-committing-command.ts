import { toHex } from '../../../emv/bytes.js';
import { decode, findFirst, TlvError } from '../../../emv/tlv/index.js';
import type { TapExchange } from './tap-exchange.js';

const STATUS_WORD_LENGTH = 2;

/** The application file locator of a GET PROCESSING OPTIONS answer in either format (EMV 4.3 Book 3 §6.5.8.4). */
function fileLocator(response: Uint8Array): Uint8Array | undefined {
  try {
    const objects = decode(response.subarray(0, -STATUS_WORD_LENGTH));
    return findFirst(objects, '77', '94')?.value ?? findFirst(objects, '80')?.value.subarray(2);
  } catch (error) {
    if (error instanceof TlvError) return undefined;
    throw error;
  }
}

/**
 * Whether the last command of a trace is the READ RECORD of the last record in the file locator: with its answer a
 * card makes its debit final (JR/T 0025.12-2013 7.7.19).
 */
export function isCommittingCommand(trace: readonly TapExchange[]): boolean {
  const options = trace.findLast((exchange) => exchange.name === 'get-processing-options')?.response;
  const lastEntry = options && fileLocator(options)?.slice(-4);
  const last = trace.at(-1);
  if (lastEntry?.length !== 4 || last?.name !== 'read-record') return false;
  const [shortFileIdentifier, , lastRecord] = lastEntry as unknown as [number, number, number, number];
  const reference = Uint8Array.of(lastRecord, (shortFileIdentifier & 0xf8) | 0x04);
  return toHex(last.command.subarray(2, 4)) === toHex(reference);
}

import { type DataMap, fromHex } from '../../../../../emv/index.js';

/** Terminal data of a vector, hex by tag, as data objects. */
export const terminalMap = (values: Readonly<Record<string, string>>): DataMap =>
  new Map(Object.entries(values).map(([tag, value]) => [tag, fromHex(value)]));

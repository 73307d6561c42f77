import { staticDataToAuthenticate, verifyFdda } from '../../../emv/authentication/index.js';
import { concat, fromHex, toHex } from '../../../emv/bytes.js';
import { decode, flatten } from '../../../emv/tlv/index.js';
import type { TapRecord } from '../../../src/tap/index.js';
import { caKeys } from './tap-fixture.js';

/** Verifies the card's signature from a tap record alone, as somebody who believes no terminal has to. */
export function checkEvidence({ evidence, at }: TapRecord) {
  const records = evidence.records.map((record) => ({ ...record, bytes: fromHex(record.bytes) }));
  const fromRecords = flatten(records.flatMap((record) => decode(record.bytes)));
  const given = Object.entries(evidence.data).map(([tag, value]) => [tag, fromHex(value)] as const);
  const data = new Map([...fromRecords, ...given]);
  const entries = (toHex(data.get('94')!).match(/.{8}/g) ?? []).map((entry) => {
    const [file, firstRecord, lastRecord, authenticatedRecords] = fromHex(entry) as unknown as [
      number,
      number,
      number,
      number,
    ];
    return { shortFileIdentifier: file >> 3, firstRecord, lastRecord, authenticatedRecords };
  });
  return verifyFdda({
    rid: evidence.applicationIdentifier.slice(0, 10),
    caKeys,
    date: at.slice(0, 10),
    data,
    staticData: staticDataToAuthenticate(entries, records) ?? concat(),
  });
}

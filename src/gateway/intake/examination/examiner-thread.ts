import { parentPort, workerData } from 'node:worker_threads';
import { authenticatorOf } from '../../../../emv/authentication/index.js';
import { createCertificationAuthorityKeyStore } from '../../../../emv/keys/index.js';
import type { TapRecord } from '../../../tap/index.js';
import { createIssuerKeys, type IssuerKeys } from '../../evidence/index.js';
import { createRecordSeal } from '../record-seal.js';
import { examineRecord } from './examine-record.js';
import type { Examined, Outcome, ThreadSetUp, ToExamine } from './messages.js';

/** A thread that examines taps, so that the one with the books goes on meanwhile. */
const port = parentPort!;
const { caKeys: keys, recordKeys, revoked, tokenKey } = workerData as ThreadSetUp;
const caKeys = createCertificationAuthorityKeyStore(keys);
const seal = createRecordSeal(tokenKey, recordKeys);
let issuerKeys: IssuerKeys | undefined;

function examineAll(records: readonly TapRecord[]): Examined {
  const parts: Uint8Array[] = [];
  const outcomes = records.map((record): Outcome => {
    try {
      const { sealed, ...examined } = examineRecord(record, { caKeys, revoked, issuerKeys, tokenKey, seal });
      parts.push(sealed);
      return { ...examined, sealedLength: sealed.length };
    } catch (error) {
      return { thrown: String((error as Error).stack ?? error) };
    }
  });
  const sealed = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    sealed.set(part, offset);
    offset += part.length;
  }
  return {
    outcomes: JSON.stringify(outcomes),
    sealed,
    keptCertificates: authenticatorOf(caKeys).keptCertificates(),
  };
}

port.on('message', ({ records, issuerKeys: given }: ToExamine) => {
  if (given) issuerKeys = createIssuerKeys(given);
  const examined = examineAll(JSON.parse(records));
  port.postMessage(examined, [examined.sealed.buffer as ArrayBuffer]);
});

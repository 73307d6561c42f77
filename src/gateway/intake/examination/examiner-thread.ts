import { parentPort, workerData } from 'node:worker_threads';
import { authenticatorOf } from '../../../../emv/authentication/index.js';
import { createCertificationAuthorityKeyStore } from '../../../../emv/keys/index.js';
import { createIssuerKeys, type IssuerKeys } from '../../evidence/index.js';
import { createRecordSeal } from '../record-seal.js';
import type { Examined, Outcome, ThreadSetUp, ToExamine } from './messages.js';
import { readText } from './read-text.js';

/** A thread that examines taps, so that the one with the books goes on meanwhile. */
const port = parentPort!;
const { caKeys: keys, recordKeys, revoked, tokenKey } = workerData as ThreadSetUp;
const caKeys = createCertificationAuthorityKeyStore(keys);
const seal = createRecordSeal(tokenKey, recordKeys);
let issuerKeys: IssuerKeys | undefined;

function examineAll(texts: readonly string[]): Examined {
  const parts: Uint8Array[] = [];
  const outcomes = texts.map((text): Outcome => {
    try {
      const reading = readText(text, { caKeys, revoked, issuerKeys, tokenKey, seal });
      if (!('examined' in reading)) return reading;
      const { sealed, ...examined } = reading.examined;
      parts.push(sealed);
      return { record: reading.record, sealedLength: sealed.length, ...examined };
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

port.on('message', ({ texts, issuerKeys: given }: ToExamine) => {
  if (given) issuerKeys = createIssuerKeys(given);
  const examined = examineAll(texts);
  port.postMessage(examined, [examined.sealed.buffer as ArrayBuffer]);
});

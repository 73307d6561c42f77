import { parentPort, workerData } from 'node:worker_threads';
import { createCertificationAuthorityKeyStore } from '../../../../emv/keys/index.js';
import { createIssuerKeys, type IssuerKeys } from '../../evidence/index.js';
import { createRecordSeal } from '../record-seal.js';
import { examineTexts } from './examine-texts.js';
import type { ThreadSetUp, ToExamine } from './messages.js';

/** A thread that examines taps, so that the one with the books goes on meanwhile. */
const port = parentPort!;
const { caKeys: keys, recordKeys, revoked, tokenKey } = workerData as ThreadSetUp;
const caKeys = createCertificationAuthorityKeyStore(keys);
const seal = createRecordSeal(tokenKey, recordKeys);
let issuerKeys: IssuerKeys | undefined;

port.on('message', ({ texts, issuerKeys: given }: ToExamine) => {
  if (given) issuerKeys = createIssuerKeys(given);
  const examined = examineTexts(texts, { caKeys, revoked, issuerKeys, tokenKey, seal });
  port.postMessage(examined, [examined.sealed.buffer]);
});

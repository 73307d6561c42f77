import { workerData } from 'node:worker_threads';
import { createCertificationAuthorityKeyStore } from '../../../../emv/keys/index.js';
import { createIssuerKeys } from '../../evidence/index.js';
import { answerQuestions } from '../../threads/answer-questions.js';
import { createRecordSeal } from '../record-seal.js';
import { examineTexts } from './examine-texts.js';
import type { Examined, ThreadSetUp, ToExamine } from './messages.js';

/** A thread that examines taps, so that the one with the books goes on meanwhile. */
const { caKeys: keys, issuerKeys: first, recordKeys, revoked, tokenKey } = workerData as ThreadSetUp;
const caKeys = createCertificationAuthorityKeyStore(keys);
const seal = createRecordSeal(tokenKey, recordKeys);
let issuerKeys = first && createIssuerKeys(first);

answerQuestions(
  ({ texts, issuerKeys: given }: ToExamine) => {
    if (given) issuerKeys = createIssuerKeys(given);
    return examineTexts(texts, { caKeys, revoked, issuerKeys, tokenKey, seal });
  },
  ({ taps }: Examined) => [taps.sealed.buffer],
);

import { createCipheriv, hash, randomBytes } from 'node:crypto';
import { authenticatorOf } from '../../../emv/authentication/index.js';
import { fromHex } from '../../../emv/bytes.js';
import { createCertificationAuthorityKeyStore, createRsaPublicKey } from '../../../emv/keys/index.js';
import { createTestPki, testCaKeys } from '../../../simulator/index.js';
import { readEvidence } from '../../../src/gateway/evidence/read-evidence.js';
import { examineTexts } from '../../../src/gateway/intake/examination/examine-texts.js';
import { packRecord } from '../../../src/gateway/intake/packed-record.js';
import { createRecordSeal } from '../../../src/gateway/intake/record-seal.js';
import { canonicalRecord, evidenceBytes, type TapRecord } from '../../../src/tap/index.js';

const TOGETHER = 50;
const EXPONENT = Uint8Array.of(3);
const tokenKey = randomBytes(32);
const seal = createRecordSeal(tokenKey);

const caKeys = createCertificationAuthorityKeyStore(testCaKeys(createTestPki()));

/** Certificates are kept open with the store that they were opened under: with a copy of it there are none. */
const optionsOf = () => ({ caKeys: { ...caKeys }, tokenKey, seal });
const kept = optionsOf();

/** The work of an examiner's thread, the certificates of all cards being open already, or none. */
export function examine(texts: readonly string[], certificates: 'open' | 'new'): void {
  for (let start = 0; start < texts.length; start += TOGETHER) {
    examineTexts(texts.slice(start, start + TOGETHER), certificates === 'open' ? kept : optionsOf());
  }
}

/** What that cannot do without: the JSON read, signatures opened, the record's text hashed and its packed form sealed. */
export function bareExamination(texts: readonly string[], certificates: 'open' | 'new'): () => void {
  const taps = texts.map((text) => {
    const record = JSON.parse(text) as TapRecord;
    const canonical = canonicalRecord(record);
    return { text, canonical, packed: packRecord(canonical), signatures: signaturesOf(record, certificates) };
  });
  const key = randomBytes(32);
  const nonce = Buffer.alloc(12);
  return () => {
    for (const { text, canonical, packed, signatures } of taps) {
      JSON.parse(text);
      for (const { signer, signature } of signatures) signer.recover(signature);
      hash('sha256', canonical, 'hex');
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      cipher.update(packed);
      cipher.final();
      cipher.getAuthTag();
    }
  };
}

/** Each with its key, ready: what the card signed, and before that its certificate. */
function signaturesOf({ at, evidence }: TapRecord, certificates: 'open' | 'new') {
  const read = readEvidence(evidence, evidenceBytes(evidence));
  if (!read.ok) throw new Error(read.code);
  const rid = evidence.applicationIdentifier.slice(0, 10);
  const { data, staticData } = read;
  const proof = authenticatorOf(kept.caKeys).verifyFdda({ rid, date: at.slice(0, 10), data, staticData });
  if (!proof.ok) throw new Error(proof.reason);
  const keyOf = (modulus: Uint8Array) => createRsaPublicKey(modulus, EXPONENT)!;
  const own = { signer: keyOf(proof.iccPublicKey!), signature: fromHex(evidence.data['9F4B']!) };
  return certificates === 'open'
    ? [own]
    : [{ signer: keyOf(proof.issuerPublicKey), signature: data.get('9F46')! }, own];
}

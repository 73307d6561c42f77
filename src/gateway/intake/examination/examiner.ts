import { authenticatorOf, type CertificateCache } from '../../../../emv/authentication/index.js';
import type { TapRecord } from '../../../tap/index.js';
import type { VerifyEvidenceOptions } from '../../evidence/index.js';
import { createRecordSeal } from '../record-seal.js';
import { examineRecord } from './examine-record.js';
import type { ExaminedRecord } from './examined-record.js';
import { type Reading, readText } from './read-text.js';

export interface ExaminerOptions extends VerifyEvidenceOptions {
  /** The secret of card tokens and of the kept records, at least 16 bytes; the same for ever. */
  readonly tokenKey: Uint8Array;
  /** Seal kept records, the last what is new; the token key opens those of before. */
  readonly recordKeys?: readonly Uint8Array[] | undefined;
}

/** What is kept open of the certificates of issuers and of cards. */
export type KeptCertificates = Readonly<Record<'issuer' | 'card', CertificateCache>>;

/** Finds out what can be known of taps without the books: whose card it was, and whether it proves that it was there. */
export interface Examiner {
  examine(record: TapRecord): Promise<ExaminedRecord>;
  /** The same of a record's JSON, which need not be one. */
  read(text: string): Promise<Reading>;
  keptCertificates(): KeptCertificates;
  close(): Promise<void>;
}

/** Examines in the caller's own thread. */
export function createExaminer(options: ExaminerOptions): Examiner {
  const means = { ...options, seal: createRecordSeal(options.tokenKey, options.recordKeys) };
  return {
    examine: async (record) => examineRecord(record, means),
    read: async (text) => readText(text, means),
    keptCertificates: () => authenticatorOf(options.caKeys).keptCertificates(),
    close: async () => {},
  };
}

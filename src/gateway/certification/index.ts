export type { CertificationOutcome, CertificationRefusal, CertificationWish } from './apply-certifications.js';
export { askForCode } from './ask-for-code.js';
export type { CertificationOptions } from './certification-options.js';
export { isYearOpen, yearOf, yearToCertify } from './certification-year.js';
export { certifyByOfficer } from './certify-by-officer.js';
export { certifySelf } from './certify-self.js';
export type { Claimed } from './code-hash.js';
export { default as codePolicy } from './code-policy.json';
export { confirmedFieldsSchema } from './confirmed-fields.js';
export { forgetCodesJob } from './forget-codes.js';
export { countProgressJob } from './kept-progress.js';
export { type DueMember, listDue } from './list-due.js';
export { type MemberPageOptions, readMemberPage } from './member-page.js';
export {
  CertificationFileError,
  type FileWish,
  rowsOfCsv,
  type SheetRow,
  wishesOfRows,
} from './read-certification-file.js';
export { type ConfirmationView, readConfirmations } from './read-confirmations.js';
export { readProgress, type UnitProgress } from './read-progress.js';
export { refusalCodes, refusalWords } from './refusal-words.js';
export { sendReminders } from './send-reminders.js';

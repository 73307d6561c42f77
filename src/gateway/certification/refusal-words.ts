import type { CertificationRefusal } from './apply-certifications.js';
import texts from './reason-words.json';

/** Why a row or a member is not certified. */
export type RefusalCode = keyof typeof texts;

export const refusalCodes = Object.keys(texts) as [RefusalCode, ...RefusalCode[]];

/** The words of a refusal; `fields` are names of columns. */
export function refusalWords(code: CertificationRefusal | 'row-invalid', fields: readonly string[] = []) {
  const { text, textZh } = texts[code];
  return { text: text.replace('{fields}', fields.join(', ')), textZh: textZh.replace('{fields}', fields.join('、')) };
}

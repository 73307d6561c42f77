export type CryptogramType = 'AAC' | 'TC' | 'ARQC';

/** Bits 8 and 7 of 9F27 and of P1 of GENERATE AC (EMV 4.3 Book 3 tables 12 and 14). 11 is reserved. */
export const CRYPTOGRAM_CODES: Readonly<Record<CryptogramType, number>> = { AAC: 0x00, TC: 0x40, ARQC: 0x80 };

export const readCryptogramType = (cryptogramInformationData: number): CryptogramType | undefined =>
  (['AAC', 'TC', 'ARQC'] as const).find((type) => CRYPTOGRAM_CODES[type] === (cryptogramInformationData & 0xc0));

/** What the card may answer to what the terminal asked for first (JR/T 0025.6-2013 table 27). */
const ALLOWED: Readonly<Record<CryptogramType, readonly CryptogramType[]>> = {
  AAC: ['AAC'],
  ARQC: ['AAC', 'ARQC'],
  TC: ['AAC', 'ARQC', 'TC'],
};

export const isAllowedAnswer = (asked: CryptogramType, answered: CryptogramType): boolean =>
  ALLOWED[asked].includes(answered);

/** What a card answers: declined, approved offline, or to be authorized online. */
export type CryptogramType = 'AAC' | 'TC' | 'ARQC';

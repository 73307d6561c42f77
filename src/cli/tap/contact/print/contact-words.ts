import type { Language } from '../../../../../emv/index.js';
import words from './words.json';

export type ContactWords = typeof words.en;

export const contactWords: Readonly<Record<Language, ContactWords>> = words;

import words from './words.json';

export type TimingWords = (typeof words)['en'];

export const timingWords: Readonly<Record<'en' | 'zh', TimingWords>> = words;

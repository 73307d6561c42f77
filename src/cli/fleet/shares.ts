import { CommandError } from '../exit-codes.js';
import definitions from './shares.json';

/** What goes wrong on a day, each as a part of 1. */
export type ShareName = keyof typeof definitions;
export type Shares = Readonly<Record<ShareName, number>>;

export const shareDefinitions: Readonly<Record<ShareName, { default: number; of: string; meaning: string }>> =
  definitions;
const names = Object.keys(definitions) as ShareName[];

export const defaultShares = Object.fromEntries(names.map((name) => [name, definitions[name].default])) as Shares;

/** `late=0.02,torn=0`: these in the place of the defaults. Throws {@link CommandError} `share-invalid`. */
export function parseShares(text: string, shares: Shares = defaultShares): Shares {
  const given = text.split(',').map((pair) => {
    const [name = '', value = '', ...more] = pair.split('=').map((part) => part.trim());
    if (!names.includes(name as ShareName)) throw invalid(`there is no share "${name}"`);
    const share = Number(value);
    if (!/^\d*\.?\d+$/.test(value) || share > 1 || more.length > 0) {
      throw invalid(`${pair.trim()}: a part of 1 is wanted, 0 to 1`);
    }
    return [name, share] as const;
  });
  const all: Shares = { ...shares, ...Object.fromEntries(given) };
  if (all.late + all.doubled + all.conflicting > 1) {
    throw invalid('late, doubled and conflicting are parts of the same records, and more than 1 together');
  }
  return all;
}

const invalid = (message: string) =>
  new CommandError('share-invalid', `--share: ${message}`, undefined, `Shares: ${names.join(', ')}`);

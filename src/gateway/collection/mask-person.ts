import type { Person } from './check/person.js';

const stars = (count: number): string => '*'.repeat(Math.max(1, count));

/** First six and last two characters of what is long enough to keep the rest secret. */
const maskNumber = (text: string): string =>
  text.length < 15
    ? text.slice(0, 2) + stars(text.length - 4) + text.slice(-2)
    : text.slice(0, 6) + stars(text.length - 8) + text.slice(-2);

/** A person as a screen shows them: the name whole, for the officer knows it; of all else only a part. */
export const maskPerson = (person: Person): Person => ({
  ...person,
  identityNumber: maskNumber(person.identityNumber),
  mobile: person.mobile.slice(0, 3) + stars(4) + person.mobile.slice(-4),
  address: `${[...person.address].slice(0, 6).join('')}…`,
});

import { maskAddress, maskIdentityNumber, maskMobile } from '../membership/privacy/mask-private-data.js';
import type { Person } from './check/person.js';

/** A person as a screen shows them: the name whole, for the officer knows it; of all else only a part. */
export const maskPerson = (person: Person): Person => ({
  ...person,
  identityNumber: maskIdentityNumber(person.identityNumber),
  mobile: maskMobile(person.mobile),
  address: maskAddress(person.address),
});

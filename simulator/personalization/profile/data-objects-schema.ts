import { z } from 'zod';
import { anyHex, tag } from './fields.js';

const dataObjects = z.record(tag, anyHex).default({});

/** Data objects in the place of those that the other fields make, or beside them; of which the card is then signed. */
export const moreDataObjects = z
  .strictObject({
    common: dataObjects.describe('on both interfaces'),
    contact: dataObjects.describe('over contact alone'),
    contactless: dataObjects.describe('over contactless alone'),
    electronicCash: dataObjects.describe('in an electronic cash transaction over contact'),
  })
  .prefault({});

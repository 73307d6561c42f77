import { expect, test } from 'vitest';
import { fromHex } from '../../../emv/index.js';
import { readApplications } from '../../../src/cli/readers/read-applications.js';
import { createSoftwareChannel } from '../../../src/readers/index.js';

/** A card that gives one answer to whatever it is asked. */
const cardThatSays = (answer: string) =>
  createSoftwareChannel({ transmit: () => fromHex(answer), powerOn: () => undefined, powerOff: () => {} });

test.each([
  ['no file', '6F05A5035001419000'],
  ['file 0', '6F05A5038801009000'],
  ['file 11', '6F05A50388010B9000'],
  ['file 255', '6F05A5038801FF9000'],
  ['no data objects', 'FFFFFF9000'],
  ['nothing', '9000'],
])('a directory that names %s is an empty one', async (_, answer) => {
  const found = await readApplications(cardThatSays(answer), 'contact');
  expect(found).toEqual({ directory: 'PSE', applications: [] });
});

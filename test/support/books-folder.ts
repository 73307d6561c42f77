import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A new folder for databases that nobody keeps: in memory where `npm test` has found room there. */
export const newBooksFolder = (name: string): string =>
  mkdtempSync(join(process.env.YONGTAP_TEST_BOOKS ?? tmpdir(), `yongtap-${name}-`));

import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const DRIVER = 'simulator/virtual-reader/build/libyongtap-reader.so';

/** The built driver of the virtual reader, in this checkout or package; `undefined` before `make` has made it. */
export function virtualReaderDriver(): string | undefined {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const driver = join(folder, DRIVER);
    if (existsSync(driver)) return driver;
    if (dirname(folder) === folder) return undefined;
  }
}

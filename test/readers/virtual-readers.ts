import { existsSync } from 'node:fs';
import { type ReaderService, startReaderService, type VirtualReader } from '../../simulator/index.js';
import { openPcsc } from '../../src/readers/index.js';

const READERS: readonly VirtualReader[] = [{ name: 'Front virtual reader' }, { name: 'Back virtual reader' }];
const HEADERS = '/usr/include/PCSC/winscard.h';

/**
 * A PC/SC service with two virtual readers, which this process then uses: libpcsclite reads its environment once, so a
 * test file starts it before anything else. Rejects where a part is missing, with the way to mend it.
 */
export async function startVirtualReaders({ cardTimeoutMs = 5000, readers = READERS } = {}): Promise<ReaderService> {
  if (!existsSync(HEADERS)) throw new Error('the headers of libpcsclite are missing: bash scripts/setup.sh');
  openPcsc({ binding: 'smartcard' });
  openPcsc({ binding: 'nfc-pcsc' });
  const service = await startReaderService({ readers, cardTimeoutMs, waitMs: 60_000 });
  Object.assign(process.env, service.environment);
  return service;
}

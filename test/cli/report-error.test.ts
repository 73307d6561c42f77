import { expect, test, vi } from 'vitest';
import { reportError } from '../../src/cli/report-error.js';

const ofSystem = (properties: object) => Object.assign(new Error('of the system'), properties);

test.each([
  ['a full disk, told of a write', { code: 'ENOSPC', syscall: 'write' }, 'system-error', 2],
  ['a full disk, told of a lock', { code: 'SQLITE_FULL' }, 'system-error', 2],
  ['a file that is not there', { code: 'ENOENT', syscall: 'open', path: 'x' }, 'system-error', 2],
  ['a handle that was closed', { code: 'EBADF', syscall: 'write' }, 'internal-error', 1],
])('%s', async (_, properties, code, exitCode) => {
  const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    expect(await reportError(ofSystem(properties), { json: false })).toBe(exitCode);
    expect(written.mock.calls.join('')).toContain(`[${code}]`);
  } finally {
    written.mockRestore();
  }
});

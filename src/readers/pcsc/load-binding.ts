import { createRequire } from 'node:module';
import { ChannelError } from '../card-channel.js';
import type { PcscBindingName } from './pcsc.js';

const require = createRequire(import.meta.url);

/** What Node and the package `bindings` say of a package that is not there, was not built or does not load. */
const MISSING = ['MODULE_NOT_FOUND', 'ERR_DLOPEN_FAILED', 'ERR_MODULE_NOT_FOUND'];

/**
 * Loads an optional package with a native part; throws {@link ChannelError} `binding-missing` for each of the ways in
 * which it can be absent. The packages are looked up at run time, so that all else works and type-checks without them.
 */
export function loadPackage<Package>(name: PcscBindingName): Package {
  try {
    return require(name) as Package;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (!MISSING.includes(code ?? '') && !message.startsWith('Could not locate the bindings file')) throw error;
    throw new ChannelError('binding-missing', `${name} is not built: ${message.split('\n')[0]}`, { cause: error });
  }
}

import { toHex } from '../bytes.js';
import kernels from './kernels.json';
import type { Kernel } from './tag-definition.js';

const PROVIDER_LENGTH = 5;
const kernelOfProvider: ReadonlyMap<string, Kernel> = new Map(
  kernels.flatMap(({ kernel, providers }) => providers.map((provider) => [provider, kernel as Kernel] as const)),
);

/**
 * The kernel that reads cards of the application's provider, by default (EMV Contactless Book B §3.3.2).
 *
 * @example kernelOf(fromHex('A000000333010101'))  // 7
 */
export const kernelOf = (applicationIdentifier: Uint8Array): Kernel | undefined =>
  kernelOfProvider.get(toHex(applicationIdentifier.subarray(0, PROVIDER_LENGTH)));

import type { FuzzTarget } from '../fuzz-target.js';
import { fileTargets } from './files.js';
import { languageTargets } from './language.js';
import { machineTargets } from './machines.js';

export const targets: readonly FuzzTarget[] = [...languageTargets, ...machineTargets, ...fileTargets];

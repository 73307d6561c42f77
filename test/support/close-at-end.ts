import { afterAll } from 'vitest';
import { closeAll } from './at-end.js';

afterAll(closeAll);

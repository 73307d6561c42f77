import { Problem } from './problem.js';

/** The JSON of a body that a route reads itself. Throws Problem `body-not-json`. */
export function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new Problem('body-not-json');
  }
}

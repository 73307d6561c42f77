import { InvalidArgumentError } from 'commander';
import { type Fen, fen } from '../../tap/money.js';

/** `2`, `2.5`, `2.00` yuan as fen. */
export function parseYuan(text: string): Fen {
  const parts = /^(\d{1,8})(?:\.(\d{1,2}))?$/.exec(text);
  if (!parts) throw new InvalidArgumentError('an amount in yuan, such as 2 or 2.50');
  return fen(Number(parts[1]) * 100 + Number((parts[2] ?? '').padEnd(2, '0')));
}

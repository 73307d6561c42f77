import { listKinds } from '../../lists/index.js';
import type { TerminalView } from '../lists/index.js';
import { csvText } from '../settlement/index.js';

const COLUMNS = [
  'operator',
  'terminal',
  'lastSeenAt',
  'lastSequence',
  'clockState',
  'reportedAt',
  'clockAheadSeconds',
  'software',
  'batteryPercent',
  'behind',
  ...listKinds.flatMap((kind) => [kind, `${kind}-newest`, `${kind}-behind-since`]),
];

/** Terminals as CSV (RFC 4180), a line each. */
export function terminalsAsCsv(terminals: readonly TerminalView[]): string {
  const lines = terminals.map((terminal) => [
    terminal.operator,
    terminal.terminal,
    terminal.lastSeenAt,
    terminal.lastSequence,
    terminal.clockState,
    terminal.reportedAt,
    terminal.clockAheadSeconds,
    terminal.software,
    terminal.batteryPercent,
    terminal.behind,
    ...listKinds.flatMap((kind) => {
      const list = terminal.lists[kind];
      return [list?.version, list?.newest, list?.behindSince];
    }),
  ]);
  return [COLUMNS, ...lines].map((cells) => `${cells.map(toCell).join(',')}\r\n`).join('');
}

const toCell = (value: string | number | boolean | undefined): string =>
  typeof value === 'string' ? csvText(value) : String(value ?? '');

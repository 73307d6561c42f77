import { toHex } from '../../../../../emv/index.js';
import { formatYuan } from '../../../../tap/index.js';
import type { Colours } from '../../../colours.js';
import type { ContactTap } from '../contact-tap.js';

const SCRIPT_OUTCOMES: Readonly<Record<number, string>> = { 0: 'not begun', 1: 'failed', 2: 'carried out' };

/** What the issuer said, which checks it made, and how the card took its scripts. */
export function printIssuer({ issuer, refusal, run: { outcome } }: ContactTap, colours: Colours): string[] {
  if (issuer === undefined) return [];
  if (issuer === 'unable') {
    return [
      `  issuer ${colours.yellow(refusal ? 'does not answer this terminal' : 'not reached')}: terminal and card decide (${outcome.authorizationResponseCode})`,
    ];
  }
  const { authorizationCode, checks = [], decision, meaning, notes = [], orders = [], reason, responseCode } = issuer;
  const paint = decision === 'approved' ? colours.green : colours.red;
  const code = authorizationCode ? `, code ${authorizationCode}` : '';
  return [
    `  issuer ${paint(decision)} ${responseCode}: ${meaning}${code} ${colours.dim(`[${reason}]`)}`,
    ...(checks.length === 0
      ? []
      : [
          `    checks ${checks.map(({ check, passed }) => (passed ? colours.green(check) : colours.red(`${check} failed`))).join(', ')}`,
        ]),
    ...notes.map((note) => `    note ${colours.yellow(note)}`),
    ...orders.map((order) => `    tells the card: ${describeOrder(order)}`),
    ...outcome.scriptResults.map(
      (result) => `    script ${toHex(result.subarray(1))} ${describeResult(result, colours)}`,
    ),
  ];
}

function describeOrder({ kind, ...told }: { readonly kind: string } & Readonly<Record<string, unknown>>): string {
  if (kind !== 'load-purse') return [kind, ...Object.values(told)].join(' ');
  return `load ${formatYuan(Number(told.amountFen))} yuan, the purse is to hold ${formatYuan(Number(told.balanceFen))}`;
}

/** EMV 4.3 Book 4 Annex A5. */
function describeResult([outcome = 0]: Uint8Array, colours: Colours): string {
  const isDone = outcome >> 4 === 2;
  const place = (outcome & 0x0f) === 0 ? '' : ` at command ${outcome & 0x0f}`;
  return (isDone ? colours.green : colours.red)(`${SCRIPT_OUTCOMES[outcome >> 4] ?? 'unknown'}${place}`);
}

import { decodeBinary, type Language, toAscii, toHex } from '../../../../../emv/index.js';
import { readCardNumber } from '../../../../../simulator/index.js';
import { shanghaiInstant } from '../../../../calendar/shanghai.js';
import { formatYuan, maskPan } from '../../../../tap/index.js';
import type { Colours } from '../../../colours.js';
import { displayWidth } from '../../../display-width.js';
import { isOfMoney } from '../contact-options.js';
import { type ContactTap, isAccepted } from '../contact-tap.js';
import { contactWords } from './contact-words.js';

const TITLE_COLUMNS = 20;
const RULE_COLUMNS = 44;

/** What the holder would be handed, with the balance of the purse; nothing for what was not approved. */
export function printReceipt(
  tap: ContactTap,
  colours: Colours,
  { language, showPan }: { readonly language: Language; readonly showPan: boolean },
): string[] {
  if (!isAccepted(tap)) return [];
  const { type, amountFen, at, issuer, purseFen, run } = tap;
  const { outcome } = run;
  const words = contactWords[language];
  const { data, cardholderVerification } = outcome;
  const { pan } = readCardNumber(data) ?? {};
  const yuan = (fen: number) => `${formatYuan(fen)} ${words.yuan}`;
  const available = typeof issuer === 'object' ? issuer.availableFen : undefined;
  const rows: readonly (readonly [string, string | undefined])[] = [
    [words.card, pan && (showPan ? pan : maskPan(pan))],
    [words.application, applicationOf(data)],
    [words.time, inChina(at)],
    [words.amount, isOfMoney(type) ? yuan(amountFen) : undefined],
    [
      words.cryptogram,
      `${outcome.cryptogramType ?? ''} ${toHex(data.get('9F26')!)}, ATC ${decodeBinary(data.get('9F36')!)}`,
    ],
    [words.responseCode, outcome.authorizationResponseCode],
    [words.authorizationCode, data.has('89') ? toAscii(data.get('89')!) : undefined],
    [words.available, available === undefined ? undefined : yuan(available)],
    [words.purse, purseFen === undefined ? undefined : yuan(purseFen)],
  ];
  const rule = colours.dim('─'.repeat(RULE_COLUMNS));
  return [
    '',
    `  ${rule}`,
    `  ${colours.bold(words[type])}`,
    ...rows.flatMap(([title, value]) => (value === undefined ? [] : [`  ${padTo(title)} ${value}`])),
    ...(cardholderVerification.signatureRequired ? [`  ${words.signature}`] : []),
    `  ${rule}`,
  ];
}

const padTo = (title: string): string => title + ' '.repeat(Math.max(0, TITLE_COLUMNS - displayWidth(title)));

function applicationOf(data: ReadonlyMap<string, Uint8Array>): string {
  const label = data.get('50');
  return `${toHex(data.get('9F06') ?? new Uint8Array(0))}${label ? ` ${toAscii(label)}` : ''}`;
}

const inChina = (at: Date): string => shanghaiInstant(at.getTime()).slice(0, 19).replace('T', ' ');

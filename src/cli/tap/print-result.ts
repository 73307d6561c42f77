import { decodeDataObjectList, odaRefusals, outcomeReasons, toHex } from '../../../emv/index.js';
import { formatYuan } from '../../tap/index.js';
import { displays, type TapResult } from '../../terminal/index.js';
import type { Colours } from '../colours.js';
import { printSmallPayment } from './small-payment/print-small-payment.js';
import type { TapTiming } from './timing/split-time.js';

/** The decision, why, and how long card and terminal took. */
export function printResult(result: TapResult, timing: TapTiming, colours: Colours, language: 'en' | 'zh'): string[] {
  const { accepted, amountFen, display, maskedPan, outcome, reason, transaction } = result;
  const { text, textZh } = displays[display];
  const decided = timing.fieldUs + (timing.decisionUs ?? 0);
  const shown = (accepted ? colours.green : colours.red)(colours.bold(language === 'zh' ? textZh : text));
  const lines = [
    '',
    `${shown}  ${outcome}: ${meaningOf(reason, language)} ${colours.dim(`[${reason}]`)}`,
    `  card ${maskedPan ?? 'unknown'}, ${formatYuan(amountFen)} yuan${accepted ? ' debited' : ''}, ${inMs(decided)} ms of which the card ${inMs(timing.elapsedUs)} ms`,
  ];
  if (wantsSm(result)) lines.push(`  ${NO_SM2_KEY}`);
  const authentication = transaction.offlineDataAuthentication;
  if (authentication?.ok) {
    lines.push(
      `  offline data authentication ${colours.green('passed')}: fDDA, issuer and card certificate, signature`,
    );
  } else if (authentication) {
    const { meaning, source } = odaRefusals[authentication.reason];
    lines.push(
      `  offline data authentication ${colours.red('failed')} at ${authentication.step}: ${meaning} ${colours.dim(`[${authentication.reason}, ${source}]`)}`,
    );
  }
  lines.push(
    `  ${colours.dim(`TVR ${toHex(transaction.terminalVerificationResults)}  TSI ${toHex(transaction.transactionStatusInformation)}`)}`,
  );
  const { after } = transaction.balance;
  if (after !== undefined && result.accepted) lines.push(`  balance ${formatYuan(after)} yuan`);
  lines.push(...printSmallPayment(transaction, colours));
  return lines;
}

const NO_SM2_KEY =
  'the card asks for the SM algorithms (DF69), and this terminal trusts no key of SM2: yongtap keys import, or --ca-keys';

/** Whether the card may have refused for what the terminal cannot do (JR/T 0025.17-2013 10.5). */
function wantsSm({ reason, transaction: { data } }: TapResult): boolean {
  const list = data.get('9F38');
  if (reason !== 'processing-options-refused' || list === undefined || data.get('DF69')?.[0] === 1) return false;
  return decodeDataObjectList(list).some(({ tag }) => tag === 'DF69');
}

const inMs = (us: number): string => (us / 1000).toFixed(0);

function meaningOf(reason: string, language: 'en' | 'zh'): string {
  const found = (outcomeReasons as Readonly<Record<string, { meaning: string; meaningZh: string }>>)[reason];
  if (found === undefined) return reason.replaceAll('-', ' ');
  return language === 'zh' ? found.meaningZh : found.meaning;
}

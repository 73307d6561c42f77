import { type ContactTerminal, encodeNumeric, fromHex } from '../../../../emv/index.js';
import { shanghaiDay, shanghaiTerminalTime } from '../../../calendar/shanghai.js';
import { withSmSupport } from '../../../terminal/index.js';
import type { Trust } from '../../trusted-keys.js';
import { type ContactOptions, transactionTypeOf } from './contact-options.js';
import benchData from './terminal.json';

const AMOUNT_LENGTH = 6;
/** 9F35: attended, of a merchant, offline only. */
const OFFLINE_ONLY = '23';
const WITHOUT_ELECTRONIC_CASH = '00';

export interface ContactSetting extends Pick<ContactOptions, 'offline' | 'forceOnline' | 'electronicCash'> {
  readonly type: NonNullable<ContactOptions['type']>;
  readonly amountFen: number;
  readonly at: Date;
  readonly random: (length: number) => Uint8Array;
  readonly trust: Trust;
}

/** The terminal of a counter on a bench: a shop's, attended, with PIN pad, line and electronic cash. */
export function contactTerminal(setting: ContactSetting): ContactTerminal {
  const { type, amountFen, at, random, trust, offline = false, forceOnline = false, electronicCash = true } = setting;
  const { code, asksIssuer } = transactionTypeOf(type);
  const { date, time } = shanghaiTerminalTime(at.getTime());
  const data = new Map(Object.entries(benchData).map(([tag, value]) => [tag, fromHex(value)]));
  data.set('9F02', encodeNumeric(amountFen, AMOUNT_LENGTH));
  data.set('9A', fromHex(date));
  data.set('9F21', fromHex(time));
  data.set('9C', fromHex(code));
  if (offline) data.set('9F35', fromHex(OFFLINE_ONLY));
  if (!electronicCash || forceOnline) data.set('9F7A', fromHex(WITHOUT_ELECTRONIC_CASH));
  return {
    data: withSmSupport(data, trust.caKeys),
    unpredictableNumber: random(4),
    date: shanghaiDay(at.getTime()),
    ...trust,
    ...(asksIssuer && { requestsOnline: true }),
    ...(type === 'maintenance' && { maintains: true }),
    ...(forceOnline && { merchantForcesOnline: true }),
  };
}

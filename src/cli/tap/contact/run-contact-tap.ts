import {
  type ContactOutcome,
  type ContactTerminal,
  decodeNumeric,
  decodeResponse,
  encodeCommand,
  encodePinBlock,
  encryptBlocks,
  fromAscii,
  fromHex,
  getData,
  type IssuerAnswer,
  type PortRequest,
} from '../../../../emv/index.js';
import { type AuthorizationAnswer, readCardNumber } from '../../../../simulator/index.js';
import { type CardChannel, ChannelError, withTransportRules } from '../../../readers/index.js';
import { runContactTransaction } from '../../../terminal/index.js';
import { CommandError } from '../../exit-codes.js';
import type { OpenedCard } from '../opened-card.js';
import { splitTime } from '../timing/split-time.js';
import { type ContactTransactionType, transactionTypeOf } from './contact-options.js';
import type { ContactTap } from './contact-tap.js';
import type { IssuerLine } from './issuer/issuer-line.js';
import type { PinEntry } from './pin/pin-entry.js';

export interface ContactTapInput {
  readonly type: ContactTransactionType;
  readonly amountFen: number;
  readonly at: Date;
  readonly terminal: ContactTerminal;
  readonly card: Pick<OpenedCard, 'channel' | 'struck' | 'timekeeper'>;
  readonly pins: PinEntry;
  /** Absent: the terminal has no line. */
  readonly line?: IssuerLine | undefined;
  /** 16 bytes, under which the online PIN goes to the issuer. */
  readonly zonePinKey: Uint8Array;
}

/**
 * One transaction of a card in a slot, its issuer asked where it comes to that, and told how it ended. An issuer that does
 * not speak with this terminal leaves no card half way: it goes on as one that is not reached.
 */
export async function runContactTap(input: ContactTapInput): Promise<ContactTap> {
  const { type, amountFen, at, terminal, card, line, pins } = input;
  let issuer: ContactTap['issuer'];
  let refusal: ContactTap['refusal'];
  const noteRefusal = (error: unknown): undefined => {
    if (!(error instanceof CommandError)) throw error;
    refusal = error;
  };
  const run = await runContactTransaction(
    terminal,
    card.channel,
    {
      enterPin: (request) => pins.enter(request),
      ...(line && {
        authorizeOnline: async (request) => {
          issuer = (await askIssuer(line, request, input).catch(noteRefusal)) ?? 'unable';
          return issuer === 'unable' ? issuer : toIssuerAnswer(issuer);
        },
      }),
    },
    { onExchange: (exchange) => card.timekeeper.note(exchange) },
  );
  const { exchanges, method } = await card.timekeeper.split(run.trace);
  const timing = splitTime(exchanges, method, card.timekeeper.afterwards({}));
  const isConfirmed = await tellIssuer(line, run.outcome, issuer).catch((error: unknown) => {
    noteRefusal(error);
    return false;
  });
  const purseFen = run.tear ? undefined : await readPurse(card.channel, run.outcome, type);
  const { struck } = card;
  return { type, amountFen, at, terminal, run, exchanges, timing, issuer, refusal, isConfirmed, purseFen, struck };
}

function askIssuer(
  line: IssuerLine,
  { data, onlinePin }: PortRequest<'authorize-online'>,
  { type, pins, zonePinKey }: ContactTapInput,
): Promise<AuthorizationAnswer | undefined> {
  const pan = readCardNumber(data)?.pan;
  const pin = onlinePin ? pins.onlinePin : undefined;
  const pinBlock =
    pan === undefined || pin === undefined
      ? undefined
      : encryptBlocks('3des', zonePinKey, encodePinBlock({ format: '0', pin, pan }));
  return line.authorize({ data, kind: transactionTypeOf(type).authorization, pinBlock });
}

const toIssuerAnswer = (answer: AuthorizationAnswer): IssuerAnswer => ({
  authorizationResponseCode: answer.responseCode,
  issuerAuthenticationData: answer.issuerAuthenticationData ? fromHex(answer.issuerAuthenticationData) : undefined,
  authorizationCode: answer.authorizationCode ? fromAscii(answer.authorizationCode) : undefined,
  scripts: answer.scripts.map(fromHex),
});

/** An answer that the issuer keeps is confirmed; of what was decided without it, it hears where the card wants it to. */
async function tellIssuer(
  line: IssuerLine | undefined,
  outcome: ContactOutcome,
  issuer: ContactTap['issuer'],
): Promise<boolean | undefined> {
  if (line === undefined || issuer === 'unable') return undefined;
  if (issuer?.id !== undefined) return line.confirm(issuer.id, outcome);
  return outcome.adviceRequired ? line.advise(outcome.data) : undefined;
}

/** Electronic cash tells its balance by itself; after a load or an inquiry the card is asked once more (9F79). */
async function readPurse(
  channel: CardChannel,
  { electronicCash }: ContactOutcome,
  type: ContactTransactionType,
): Promise<number | undefined> {
  if (electronicCash?.balance !== undefined) return electronicCash.balance;
  if (type !== 'load' && type !== 'balance') return undefined;
  try {
    const answer = decodeResponse(await withTransportRules(channel).transmit(encodeCommand(getData('9F79'))));
    return balanceIn(answer.data);
  } catch (error) {
    if (error instanceof ChannelError) return undefined;
    throw error;
  }
}

const BALANCE_LENGTH = 6;

/** `9F79 06 …`; `undefined` for a card without one. */
function balanceIn(data: Uint8Array): number | undefined {
  const isBalance = data.length === 3 + BALANCE_LENGTH && data[0] === 0x9f && data[1] === 0x79;
  return isBalance ? decodeNumeric(data.subarray(-BALANCE_LENGTH)) : undefined;
}

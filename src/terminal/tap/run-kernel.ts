import {
  journeyTrade,
  type QpbocOutcome,
  qpbocTransaction,
  type SmallPaymentAnswer,
  type SmallPaymentOutcome,
  type SmallPaymentPortAnswer,
  type SmallPaymentPortRequest,
  type SmallPaymentRequest,
  smallPaymentTransaction,
} from '../../../emv/kernel/index.js';
import { addSmSupport } from '../sm-support.js';
import { answerPort, type PlaceCode, type SmallPaymentPorts } from '../small-payment/small-payment-ports.js';
import { tradeOf } from '../small-payment/trade-of.js';
import { TerminalError } from '../terminal-error.js';
import type { TapDraft } from './check-options.js';
import { isDeniedPan } from './deny-list.js';
import { driveKernel } from './drive-kernel.js';
import type { LocalTime } from './local-time.js';
import type { TapCardOptions } from './tap-card-options.js';
import type { Conversation } from './tap-exchange.js';
import type { TerminalInput } from './tap-result.js';
import { terminalData } from './terminal-data.js';

const UNPREDICTABLE_NUMBER_LENGTH = 4;

/** A transaction by the profile's kernel, ready to begin. */
export interface PreparedKernel {
  readonly input: TerminalInput;
  run(conversation: Conversation): Promise<QpbocOutcome | SmallPaymentOutcome>;
}

/** Chooses the kernel and makes sure that it has all it needs, before a card is asked for anything. */
export function prepareKernel(options: TapCardOptions, draft: TapDraft, at: LocalTime): PreparedKernel {
  const { caKeys, denyList, profile, random, revoked } = options;
  const data = terminalData(profile, draft.amountFen, at);
  addSmSupport(data, caKeys);
  const input = {
    data,
    unpredictableNumber: random(UNPREDICTABLE_NUMBER_LENGTH),
    date: at.date,
  };
  const terminal = {
    caKeys,
    ...input,
    ...(revoked && { revoked }),
    ...(denyList && { isInExceptionFile: (pan: string) => isDeniedPan(denyList, pan) }),
  };
  const { extension } = profile;
  if (extension === undefined)
    return {
      input,
      run: (conversation) => driveKernel(qpbocTransaction(terminal), (command) => conversation.ask(command)),
    };
  const [ports, here] = equipment(options);
  const { amountFen, event, sequence } = draft;
  const trade = tradeOf(extension, { event, at, here, sequence, amountFen });
  const answers: SmallPaymentPortAnswer[] = [];
  const answer = async (request: SmallPaymentPortRequest) => {
    const given = await answerPort(request, ports, here, random);
    answers.push(given);
    return given;
  };
  return {
    input: { ...input, smallPayment: { trade, answers } },
    run: (conversation) =>
      driveKernel<SmallPaymentRequest, SmallPaymentOutcome, SmallPaymentAnswer>(
        smallPaymentTransaction({ ...terminal, trade: journeyTrade(trade) }),
        (request) => (request.kind === 'command' ? conversation.ask(request) : answer(request)),
      ),
  };
}

function equipment({ place, profile, smallPayment }: TapCardOptions): [SmallPaymentPorts, PlaceCode] {
  if (smallPayment === undefined) {
    throw new TerminalError('extension-not-equipped', `${profile.name}: no secure access module and no fare table`);
  }
  const here = smallPayment.fareTable.codeOf(place);
  if (here !== undefined) return [smallPayment, here];
  const named = place.station ?? place.zone ?? '';
  throw new TerminalError('place-not-in-fare-table', `${profile.name}: the fare table does not have "${named}"`);
}

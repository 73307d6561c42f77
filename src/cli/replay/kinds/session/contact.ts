import { type ContactOutcome, type ContactTerminal, contactTransaction, toHex } from '../../../../../emv/index.js';
import { compare } from '../../compare.js';
import type { VectorRunner } from '../../vector.js';
import { usableKeys } from '../ca-keys.js';
import { answerPorts } from './contact/answer-ports.js';
import { type ContactInput, contactInputSchema } from './contact/contact-input.js';
import { playLoosely } from './contact/play-loosely.js';
import { type RecordedCommand, recordedCommands } from './contact/recorded-commands.js';
import { recordedTerminal } from './contact/recorded-terminal.js';
import { authenticationSaid } from './outcome-in-hex.js';
import { playTranscript } from './play-transcript.js';

/** A session of the contact kernel. */
export const play: VectorRunner = (input, expected) => {
  const session = contactInputSchema.parse(input);
  const commands = recordedCommands(session.transcript);
  const kernel = answerPorts(contactTransaction(terminalOf(session, commands)), session, commands);
  if (session.loose) return compare(expected, inHex(playLoosely(kernel, session.transcript)));
  return playTranscript(kernel, session.transcript, (outcome) => compare(expected, inHex(outcome)));
};

function terminalOf(session: ContactInput, commands: readonly RecordedCommand[]): ContactTerminal {
  const { terminal, unpredictableNumber, date, caKeys, pinPadding, randomSelection, applications } = session;
  return {
    ...recordedTerminal(commands),
    ...(applications && {
      applications: applications.map((applicationIdentifier) => ({ applicationIdentifier, match: 'partial' })),
    }),
    ...(randomSelection && { randomSelection }),
    ...(session.exceptionFile && { hasExceptionFile: true }),
    ...(session.loggedAmount !== undefined && { hasTransactionLog: true }),
    ...session.options,
    data: terminal,
    unpredictableNumber,
    date,
    caKeys: usableKeys(caKeys).store,
    pinPadding,
  };
}

const inHex = (outcome: ContactOutcome) => ({
  outcome: outcome.outcome,
  reason: outcome.reason,
  ...authenticationSaid(outcome),
  cardholderVerification: {
    ...outcome.cardholderVerification,
    results: outcome.cardholderVerification.results && toHex(outcome.cardholderVerification.results),
  },
  cryptogramType: outcome.cryptogramType,
  authorizationResponseCode: outcome.authorizationResponseCode,
  scriptResults: outcome.scriptResults.map(toHex),
  adviceRequired: outcome.adviceRequired,
  reversalRequired: outcome.reversalRequired,
  electronicCash: outcome.electronicCash && { balance: outcome.electronicCash.balance },
  messages: outcome.messages,
  data: Object.fromEntries([...outcome.data].map(([tag, value]) => [tag, toHex(value)])),
  tvr: toHex(outcome.terminalVerificationResults),
  tsi: toHex(outcome.transactionStatusInformation),
});

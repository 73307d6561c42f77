import { type ContactOutcome, type ContactTerminal, contactTransaction } from '../../../../../emv/index.js';
import { compare } from '../../compare.js';
import type { VectorRunner } from '../../vector.js';
import { usableKeys } from '../ca-keys.js';
import { answerPorts } from './contact/answer-ports.js';
import { type ContactInput, contactInputSchema } from './contact/contact-input.js';
import { contactOutcomeInHex } from './contact/outcome-in-hex.js';
import { playLoosely } from './contact/play-loosely.js';
import { type RecordedCommand, recordedCommands } from './contact/recorded-commands.js';
import { recordedTerminal } from './contact/recorded-terminal.js';
import { playTranscript } from './play-transcript.js';
import { withTagsInCapitals } from './with-tags-in-capitals.js';

/** A session of the contact kernel. */
export const play: VectorRunner = (input, expected) => {
  const session = contactInputSchema.parse(input);
  const commands = recordedCommands(session.transcript);
  const kernel = answerPorts(contactTransaction(terminalOf(session, commands)), session, commands);
  const judge = (outcome: ContactOutcome) => compare(withTagsInCapitals(expected), contactOutcomeInHex(outcome));
  return session.loose
    ? judge(playLoosely(kernel, session.transcript))
    : playTranscript(kernel, session.transcript, judge);
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
    ...(session.revoked && { revoked: session.revoked }),
    pinPadding,
  };
}

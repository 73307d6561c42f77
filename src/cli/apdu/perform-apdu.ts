import { toHex } from '../../../emv/index.js';
import { ChannelError, readAnswerToReset, tearCodes } from '../../readers/index.js';
import { coloursFor } from '../colours.js';
import { CommandError, exitCodes } from '../exit-codes.js';
import { CommandFaults } from '../faults/command-faults.js';
import { printFaults } from '../faults/print-faults.js';
import { Paragraphs } from '../paragraphs.js';
import { readNamedFile } from '../read-named-file.js';
import { reportError } from '../report-error.js';
import { stateFolder } from '../state/state-folder.js';
import { cardTimeoutMs } from '../tap/card-timeout.js';
import { type CardPlace, openChannel } from '../tap/open-channel.js';
import type { OpenedCard } from '../tap/opened-card.js';
import { refuseReaderOptions } from '../tap/reader-options.js';
import { untilInterrupted } from '../until-interrupted.js';
import { ApduConversation } from './apdu-conversation.js';
import type { ApduOptions } from './apdu-options.js';
import { conversationAsJson } from './conversation-as-json.js';
import { printDone, printLastCommand } from './print-done.js';
import { prompt } from './prompt.js';
import { checkRecordingPlace, recordConversation } from './record-conversation.js';
import { runStatements } from './run-statements.js';
import { parseScript, parseWords } from './script/parse-script.js';
import type { Statement } from './script/statement.js';

/** `yongtap apdu`: commands from the line, a script or a prompt, put to a card and explained. */
export async function performApdu(words: readonly string[], options: ApduOptions): Promise<void> {
  if (options.card !== undefined && options.reader !== undefined) {
    throw new CommandError('card-ambiguous', 'give one of --card and --reader');
  }
  if (options.card !== undefined) refuseReaderOptions(options);
  const isPrompt = words.length === 0 && options.script === undefined && process.stdin.isTTY === true && !options.json;
  const statements = isPrompt ? [] : await statementsOf(words, options.script);
  if (!isPrompt && statements.length === 0) {
    const hint = 'Give commands, each in quotes, or a script with --script or through the pipe.';
    throw new CommandError('input-missing', 'no command to send', undefined, hint);
  }
  if (options.record !== undefined) await checkRecordingPlace(options.record);
  const { signal, dispose } = untilInterrupted();
  const faults = new CommandFaults(options.fault);
  const place: CardPlace = {
    ...options,
    faults,
    state: stateFolder(options.state),
    timeoutMs: cardTimeoutMs(options.timeout),
    signal,
    onWaiting: (message) => void process.stderr.write(`${message}\n`),
  };
  try {
    const card = await openChannel(place);
    const conversation = new ApduConversation(card.channel, { raw: options.raw === true, signal });
    let unrecorded: unknown;
    try {
      process.exitCode = isPrompt
        ? await talk(conversation, card, options, signal)
        : await runScript(conversation, card, statements, options, signal);
      faults.tellUnstruck();
    } finally {
      await card.close();
      if (options.record !== undefined) {
        const recorded = recordConversation(options.record, card.channel, conversation.sent);
        unrecorded = await recorded.catch((error: unknown) => error);
      }
    }
    if (unrecorded) process.exitCode = await reportError(unrecorded, { json: false });
  } finally {
    dispose();
  }
}

async function statementsOf(words: readonly string[], script: string | undefined): Promise<Statement[]> {
  const typed = parseWords(words);
  if (script === undefined && words.length > 0) return typed;
  const path = script ?? '-';
  const text = new TextDecoder().decode(await readNamedFile(path));
  return [...parseScript(text, path === '-' ? 'standard input' : path), ...typed];
}

const tellingOf = ({ lang, showPan = false }: ApduOptions) => ({
  colours: coloursFor(process.stdout),
  language: lang,
  showPan,
});

async function runScript(
  conversation: ApduConversation,
  card: OpenedCard,
  statements: readonly Statement[],
  options: ApduOptions,
  signal: AbortSignal,
): Promise<number> {
  const telling = tellingOf(options);
  const output = new Paragraphs();
  const print = (lines: readonly string[]) => {
    if (!options.json) output.print(lines);
  };
  const failure = await runStatements(conversation, statements, {
    keepGoing: options.keepGoing === true,
    signal,
    onDone: (done) => print(printDone(done, conversation.sent, telling)),
  });
  if (failure instanceof ChannelError) print(printLastCommand(conversation.sent, telling));
  print(printFaults(card.struck ?? [], telling.colours));
  const told = conversationAsJson(conversation, card.channel, { ...telling, error: failure });
  if (options.json) console.log(JSON.stringify(told, undefined, 2));
  if (told.passed + told.failed > 0) print(['', `${told.passed} met, ${told.failed} not met`]);
  const exitCode = failure ? await reportError(failure, { json: false }) : exitCodes.done;
  return exitCode === exitCodes.done && told.failed > 0 ? exitCodes.no : exitCode;
}

/** A prompt ends well whatever was answered; a card that has gone ends it. */
async function talk(
  conversation: ApduConversation,
  { channel }: OpenedCard,
  options: ApduOptions,
  signal: AbortSignal,
): Promise<number> {
  const telling = tellingOf(options);
  const { colours } = telling;
  const { answerToReset } = channel;
  const reset = answerToReset && `  ${toHex(answerToReset)}  ${readAnswerToReset(answerToReset).description}`;
  console.log(
    `${colours.bold(channel.name)}${colours.dim(reset ?? '')}\nhelp shows what a line can be; quit, or Ctrl-D`,
  );
  const over = new AbortController();
  let exitCode: number = exitCodes.done;
  await prompt({
    colours,
    signal: AbortSignal.any([signal, over.signal]),
    perform: async (statement) => {
      const done = await conversation.perform(statement);
      for (const line of printDone(done, conversation.sent, telling)) console.log(line);
    },
    onError: async (error) => {
      const code = await reportError(error, { json: false });
      if (!(error instanceof ChannelError) || !tearCodes.some((tear) => tear === error.code)) return;
      exitCode = code;
      over.abort();
    },
  });
  return exitCode;
}

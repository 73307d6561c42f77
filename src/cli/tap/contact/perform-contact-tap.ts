import { randomBytes } from 'node:crypto';
import { fromHex } from '../../../../emv/index.js';
import { createTestPki, testZonePinKey } from '../../../../simulator/index.js';
import { coloursFor } from '../../colours.js';
import { exitCodes } from '../../exit-codes.js';
import { CommandFaults } from '../../faults/command-faults.js';
import { parseInstant } from '../../options/instant.js';
import { reportError } from '../../report-error.js';
import { stateFolder } from '../../state/state-folder.js';
import { loadTrust } from '../../trusted-keys.js';
import { untilInterrupted } from '../../until-interrupted.js';
import { cardTimeoutMs } from '../card-timeout.js';
import { openChannel } from '../open-channel.js';
import { openRecordingFile } from '../recording/open-recording-file.js';
import type { TapOptions } from '../tap-options.js';
import { contactAsJson } from './contact-as-json.js';
import { type ContactOptions, checkContactOptions, isOfMoney } from './contact-options.js';
import { isAccepted } from './contact-tap.js';
import { contactTerminal } from './contact-terminal.js';
import { contactVector } from './contact-vector.js';
import { httpIssuer } from './issuer/http-issuer.js';
import type { IssuerLine } from './issuer/issuer-line.js';
import { ownIssuer } from './issuer/own-issuer.js';
import { pinEntry } from './pin/pin-entry.js';
import { printContactTap } from './print/print-contact-tap.js';
import { runContactTap } from './run-contact-tap.js';

const DEFAULT_AMOUNT_FEN = 1000;

/** `yongtap tap --interface contact`: one transaction of a card in a slot, told, and recorded where that was asked for. */
export async function performContactTap(options: TapOptions & ContactOptions): Promise<void> {
  checkContactOptions(options);
  const { type = 'purchase' } = options;
  const amountFen = isOfMoney(type) ? (options.amount ?? DEFAULT_AMOUNT_FEN) : 0;
  const recordingFile = options.record === undefined ? undefined : await openRecordingFile(options.record);
  const at = options.at === undefined ? new Date() : await parseInstant(options.at);
  const state = stateFolder(options.state);
  const trust = await loadTrust({ testCards: options.testCards, state, files: options.caKeys ?? [] });
  const terminal = contactTerminal({ ...options, type, amountFen, at, trust, random: randomBytes });
  const { signal, dispose } = untilInterrupted();
  try {
    const card = await openChannel({
      ...options,
      interface: 'contact',
      faults: new CommandFaults(options.fault),
      state,
      timeoutMs: cardTimeoutMs(options.timeout),
      signal,
      onWaiting: say,
    });
    try {
      const tap = await runContactTap({
        type,
        amountFen,
        at,
        terminal,
        card,
        line: lineTo(options, signal),
        pins: pinEntry(options.pin, { input: process.stdin, output: process.stderr }, () =>
          say('the card asks for a PIN, and it is passed over: --pin gives it'),
        ),
        zonePinKey: options.zonePinKey === undefined ? testZonePinKey(createTestPki()) : fromHex(options.zonePinKey),
      });
      await card.signal?.(isAccepted(tap));
      const lines = options.json
        ? [JSON.stringify(contactAsJson(tap, { showPan: options.showPan ?? false }), undefined, 2)]
        : printContactTap(tap, coloursFor(process.stdout), options);
      for (const line of lines) console.log(line);
      if (tap.isConfirmed === false)
        say('the issuer was not told how it ended; the card tells it at its next transaction');
      process.exitCode = isAccepted(tap) ? exitCodes.done : exitCodes.no;
      await recordingFile
        ?.addVector((id) => contactVector(id, tap, card.channel))
        .catch(async (error: Error) => {
          process.exitCode = await reportError(error, { json: false });
        });
    } finally {
      await card.close();
    }
  } finally {
    dispose();
  }
}

const say = (message: string): void => void process.stderr.write(`${message}\n`);

function lineTo({ issuer, issuerKey }: ContactOptions, signal: AbortSignal): IssuerLine | undefined {
  if (issuer === undefined) return undefined;
  return issuer === 'simulator'
    ? ownIssuer(randomBytes)
    : httpIssuer({ url: issuer, key: issuerKey, signal, onFailure: say });
}

import { randomBytes } from 'node:crypto';
import type { CertificationAuthorityKeyStore } from '../../../emv/index.js';
import { tapCard } from '../../terminal/index.js';
import { CommandError, exitCodes } from '../exit-codes.js';
import { benchTerminal } from '../tap/bench-terminal.js';
import { cardTimeoutMs } from '../tap/card-timeout.js';
import { openChannel } from '../tap/open-channel.js';
import { untilInterrupted } from '../until-interrupted.js';
import type { ChainSource } from './chain-source.js';
import { chainsOf } from './find-sources.js';
import type { OdaOptions } from './oda-options.js';

/** Taps a card, on a reader or of software, as a terminal would, and takes what it gave; nothing is kept of the tap. */
export async function tapForChain(
  options: OdaOptions,
  { caKeys, at, state }: { readonly caKeys: CertificationAuthorityKeyStore; readonly at: Date; readonly state: string },
): Promise<ChainSource[]> {
  const bench = benchTerminal({ profile: options.profile });
  const interruption = untilInterrupted();
  try {
    const card = await openChannel({
      ...options,
      state,
      timeoutMs: cardTimeoutMs(options.timeout),
      signal: interruption.signal,
      onWaiting: (message) => process.stderr.write(`${message}\n`),
    });
    try {
      const { reason, trace } = await tapCard({
        ...bench,
        channel: card.channel,
        clock: () => at,
        random: randomBytes,
        caKeys,
        sequence: 1,
      });
      const sources = [...chainsOf(card.channel.name, trace, { caKeys, today: at.toISOString().slice(0, 10) })];
      if (sources.length > 0) return sources;
      throw new CommandError(
        'no-authentication',
        `${card.channel.name} gave no certificates`,
        exitCodes.no,
        reason === 'no-payment-directory'
          ? 'It cannot be tapped. In a slot: yongtap tap --interface contact --record FILE, then yongtap oda FILE'
          : 'yongtap tap --trace shows what it answered: a card that goes online or declines gives none.',
      );
    } finally {
      await card.close();
    }
  } finally {
    interruption.dispose();
  }
}

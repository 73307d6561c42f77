import { createCertificationAuthorityKeyStore } from '../../../emv/keys/index.js';
import {
  type CardFile,
  createTestPki,
  issueCard,
  loadProfile,
  openCard,
  testCaKeys,
} from '../../../simulator/index.js';
import {
  type CardChannel,
  ChannelError,
  type ChannelErrorCode,
  createSoftwareChannel,
} from '../../../src/readers/index.js';
import { type TapCardOptions, terminalProfiles } from '../../../src/terminal/index.js';

export const pki = createTestPki();
export const caKeys = createCertificationAuthorityKeyStore(testCaKeys(pki));

/** The same bytes in the same order, so that a failure comes back. */
export function seededRandom(seed = 1): (length: number) => Uint8Array {
  let state = seed;
  return (length) =>
    Uint8Array.from({ length }, () => {
      state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
      return state >>> 16;
    });
}

const issued = new Map<string, CardFile>();

/** A card fresh from its issuer each time; only the issuing, which makes RSA keys, is done once. */
export function cardOf(profile: string, options: { balanceFen?: number } = {}) {
  const name = JSON.stringify([profile, options]);
  const file = issued.get(name) ?? issueCard(loadProfile(profile), pki, options);
  issued.set(name, file);
  const card = openCard(file, { random: seededRandom() });
  return {
    card,
    channel: createSoftwareChannel(card, profile),
    balance: () => card.inspect().applications[0]!.purse.balanceFen,
  };
}

const TAPPED_AT = Date.parse('2015-10-03T00:25:00Z');

const common = {
  sequence: 1,
  clock: () => new Date(TAPPED_AT),
  caKeys,
};

export const gate = (channel: CardChannel): TapCardOptions => ({
  ...common,
  random: seededRandom(7),
  channel,
  profile: terminalProfiles['metro-gate'],
  operator: 'ningbo-metro',
  terminal: 'gate-07',
  event: 'entry',
  place: { line: '1', station: '鼓楼' },
});

export const validator = (channel: CardChannel): TapCardOptions => ({
  ...common,
  random: seededRandom(8),
  channel,
  profile: terminalProfiles['bus-validator'],
  operator: 'ningbo-bus',
  terminal: 'bus-0815',
  place: { line: '2', region: 'urban' },
});

/** How a channel fails at one command: before the card hears it, or after the card has done it. */
export interface Tear {
  readonly command: number;
  readonly when: 'before' | 'after';
  readonly code?: ChannelErrorCode;
}

/** A channel whose card leaves the field at a command, and with it all that the card had not kept. */
export function tearing(channel: CardChannel, { command: at, when, code = 'card-removed' }: Tear): CardChannel {
  let count = 0;
  return {
    name: channel.name,
    reset: () => channel.reset(),
    close: () => channel.close(),
    async transmit(command) {
      const isTorn = count++ === at;
      if (isTorn && when === 'before') throw new ChannelError(code, 'the card left');
      const response = await channel.transmit(command);
      if (isTorn) throw new ChannelError(code, 'the card left');
      return response;
    },
  };
}

/** A channel that changes what the card answers. */
export function answering(
  channel: CardChannel,
  change: (response: Uint8Array, index: number) => Uint8Array,
): CardChannel {
  let count = 0;
  return {
    name: channel.name,
    reset: () => channel.reset(),
    close: () => channel.close(),
    transmit: async (command) => change(await channel.transmit(command), count++),
  };
}

import { issueCard, loadProfile, openCard } from '../../../simulator/index.js';
import { createSoftwareChannel } from '../../../src/readers/index.js';
import type { Place, TapEvent, TapRecord } from '../../../src/tap/index.js';
import { type TerminalProfile, tapCard, terminalProfiles } from '../../../src/terminal/index.js';
import { caKeys, pki, seededRandom } from '../../terminal/tap/tap-fixture.js';

export { caKeys };

export interface TapWish {
  readonly operator?: string;
  readonly terminal?: string;
  readonly sequence?: number;
  readonly at?: string;
  readonly event?: TapEvent;
  readonly place?: Place;
  readonly amountFen?: number;
  readonly utcOffsetMinutes?: number;
  /** What another terminal would be like. */
  readonly terminalData?: Partial<TerminalProfile['terminal']>;
}

const PLACES: Readonly<Record<keyof typeof terminalProfiles, Place>> = {
  'metro-gate': { line: '1', station: '鼓楼' },
  'metro-gate-offline': { line: '1', station: '鼓楼' },
  'bus-validator': { line: '2', region: 'urban' },
  'parking-meter': { zone: 'A' },
  taxi: { distanceM: 3000 },
  'bicycle-dock': { dock: '7' },
  shop: { merchant: 'sanjiang-1' },
  cinema: { merchant: 'cinema-1' },
};

/**
 * A software card that is held against real terminals, so that its taps prove themselves. Cards with the same profile
 * and options are the same card; `seed` makes it another chip with the same number.
 */
export function cardInPocket(
  profile = 'service-card-51',
  options: { readonly pan?: string; readonly seed?: string; readonly balanceFen?: number } = {},
) {
  const image = issueCard(loadProfile(profile), pki, { balanceFen: 100_000, ...options });
  const channel = createSoftwareChannel(openCard(image, { random: seededRandom() }), profile);
  let sequence = 0;
  return {
    async tapAt(name: keyof typeof terminalProfiles, wish: TapWish = {}): Promise<TapRecord> {
      sequence++;
      const terminalProfile = terminalProfiles[name];
      const { at, terminalData, ...fields } = wish;
      const { tapRecord, reason } = await tapCard({
        channel,
        profile: { ...terminalProfile, terminal: { ...terminalProfile.terminal, ...terminalData } },
        caKeys,
        random: seededRandom(sequence),
        clock: () => new Date(at ?? '2015-10-03T08:25:00+08:00'),
        operator: name === 'metro-gate' ? 'ningbo-metro' : 'ningbo-bus',
        terminal: `${name}-1`,
        sequence,
        place: PLACES[name],
        ...fields,
      });
      if (!tapRecord) throw new Error(`the card was not accepted: ${reason}`);
      return tapRecord;
    },
  };
}

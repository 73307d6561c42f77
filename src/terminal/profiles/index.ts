import bicycleDock from './bicycle-dock.yaml';
import busValidator from './bus-validator.yaml';
import cinema from './cinema.yaml';
import metroGate from './metro-gate.yaml';
import metroGateOffline from './metro-gate-offline.yaml';
import parkingMeter from './parking-meter.yaml';
import { parseTerminalProfile } from './parse-terminal-profile.js';
import shop from './shop.yaml';
import taxi from './taxi.yaml';
import type { TerminalProfile } from './terminal-profile.js';

export { parseTerminalProfile } from './parse-terminal-profile.js';
export type { TerminalProfile } from './terminal-profile.js';

const texts = {
  'metro-gate': metroGate,
  'metro-gate-offline': metroGateOffline,
  'bus-validator': busValidator,
  'parking-meter': parkingMeter,
  taxi,
  'bicycle-dock': bicycleDock,
  shop,
  cinema,
} as const;

export type TerminalProfileName = keyof typeof texts;

/** The profiles that come with the package, by name. Each is read when it is first asked for: a tap needs only one. */
export const terminalProfiles = {} as Readonly<Record<TerminalProfileName, TerminalProfile>>;

for (const [name, text] of Object.entries(texts)) {
  let profile: TerminalProfile | undefined;
  const get = () => {
    profile ??= parseTerminalProfile(text, `${name}.yaml`);
    return profile;
  };
  Object.defineProperty(terminalProfiles, name, { enumerable: true, get });
}

import bicycleDock from './bicycle-dock.yaml';
import busValidator from './bus-validator.yaml';
import cinema from './cinema.yaml';
import metroGate from './metro-gate.yaml';
import parkingMeter from './parking-meter.yaml';
import { parseTerminalProfile } from './parse-terminal-profile.js';
import shop from './shop.yaml';
import taxi from './taxi.yaml';

export { parseTerminalProfile } from './parse-terminal-profile.js';
export type { TerminalProfile } from './terminal-profile.js';

/** The profiles that come with the package, by name; checked when the module is loaded. */
export const terminalProfiles = {
  'metro-gate': parseTerminalProfile(metroGate, 'metro-gate.yaml'),
  'bus-validator': parseTerminalProfile(busValidator, 'bus-validator.yaml'),
  'parking-meter': parseTerminalProfile(parkingMeter, 'parking-meter.yaml'),
  taxi: parseTerminalProfile(taxi, 'taxi.yaml'),
  'bicycle-dock': parseTerminalProfile(bicycleDock, 'bicycle-dock.yaml'),
  shop: parseTerminalProfile(shop, 'shop.yaml'),
  cinema: parseTerminalProfile(cinema, 'cinema.yaml'),
} as const;

export type TerminalProfileName = keyof typeof terminalProfiles;

import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseTerminalProfile, terminalProfiles } from '../../../src/terminal/index.js';

const folder = new URL('../../../src/terminal/profiles/', import.meta.url);
const texts = readdirSync(folder).filter((name) => name.endsWith('.yaml'));

test('every profile file is offered under its name', () => {
  expect(texts.map((name) => name.replace('.yaml', '')).sort()).toEqual(Object.keys(terminalProfiles).sort());
});

test('a gate and a validator are offline-only qPBOC terminals that sign with fDDA 01', () => {
  for (const { terminal } of Object.values(terminalProfiles)) {
    const qualifiers = Number.parseInt(terminal.terminalTransactionQualifiers, 16);
    expect(qualifiers & 0x28000080).toBe(0x28000080);
    // The online bits and the verification bit are the kernel's to set (JR/T 0025.12-2013 6.2.2).
    expect(qualifiers & 0x00ffff00).toBe(0);
    expect(terminal).toMatchObject({ country: '0156', currency: '0156' });
  }
  expect(terminalProfiles['metro-gate']).toMatchObject({ service: 'metro', events: ['entry', 'exit'], amountFen: 0 });
  expect(terminalProfiles['bus-validator']).toMatchObject({ service: 'bus', events: ['single'], amountFen: 200 });
});

test('a wrong profile is refused with the field and the file', () => {
  const text = readFileSync(new URL('metro-gate.yaml', folder), 'utf8');
  const refusal = (changed: string) => {
    try {
      parseTerminalProfile(changed, 'gate.yaml');
    } catch (error) {
      return error;
    }
    return undefined;
  };
  expect(refusal(text)).toBeUndefined();
  for (const [from, to, field] of [
    ['service: metro', 'service: tram', 'service'],
    ['"28000080"', '"2800080"', 'terminal.terminalTransactionQualifiers'],
    ['"28000080"', '28000080', 'terminal.terminalTransactionQualifiers'],
    ['events: [entry, exit]', 'events: []', 'events'],
    ['place: [station]', 'place: [platform]', 'place.0'],
    ['transactionFen: 100000', 'transactionFen: 1.5', 'limits.transactionFen'],
    ['exchange: 500', 'exchange: 500\n  colour: 1', 'limitsMs'],
    [/ {2}cappIndicator.*\n/, '', 'cappIndicator'],
    ['place: [station]', 'place: [station', 'line'],
  ] as const) {
    const error = refusal(text.replace(from, to));
    expect(error, field).toMatchObject({ name: 'TerminalError', code: 'profile-invalid' });
    expect(String(error)).toContain('gate.yaml');
    expect(String(error)).toContain(field);
  }
});

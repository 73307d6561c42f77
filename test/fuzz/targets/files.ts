import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import {
  type CertificationAuthorityKey,
  createCertificationAuthorityKeyStore,
  KeyError,
  readCaKeys,
  wellKnownKeys,
} from '../../../emv/index.js';
import {
  CardError,
  createTestPki,
  issueCard,
  loadProfile,
  ProfileError,
  parseCardFile,
  profileNames,
  profileText,
} from '../../../simulator/index.js';
import { decodeInput } from '../../../src/cli/decode/decode-input.js';
import { CommandError } from '../../../src/cli/exit-codes.js';
import { parseConfigFile } from '../../../src/cli/gateway/config/read-config-file.js';
import { recordingsOf } from '../../../src/cli/tap/recording/recording.js';
import { verifyEvidence } from '../../../src/gateway/evidence/index.js';
import { FareError, parseCampaigns, parseTariff } from '../../../src/gateway/fares/index.js';
import { ChannelError, type Transcript } from '../../../src/readers/index.js';
import { canonicalRecord, parseTapRecord } from '../../../src/tap/index.js';
import { parseTerminalProfile, TerminalError } from '../../../src/terminal/index.js';
import { sampleTap } from '../../tap/sample-tap.js';
import { bytesOf, type FuzzTarget, hold, jsonOf, textOf } from '../fuzz-target.js';
import { jsonSeeds, vectorsOf } from '../seeds.js';

/** YAML as people write it, and once more as JSON, which is YAML too and can be altered where its values stand. */
const yamlSeeds = (texts: readonly string[]): Uint8Array[] => [
  ...texts.map(bytesOf),
  ...jsonSeeds(texts.map((text) => parse(text))),
];
const yamlFiles = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => readFileSync(`${folder}/${name}`, 'utf8'));

const keys = wellKnownKeys();
const store = createCertificationAuthorityKeyStore(keys);

/** A log as engineers paste it. */
const apduLog = (transcript: Transcript['transcript']): string =>
  transcript.map(({ command, response }) => `> ${command}\n< ${response}\n`).join('');

const keyTable = keys
  .filter(({ modulus }) => modulus !== undefined)
  .map(({ rid, index, exponent, modulus }) => `${rid} ${index} ${exponent} ${modulus}`)
  .join('\n');

/** Files and documents that somebody else wrote. */
export const fileTargets: readonly FuzzTarget[] = [
  {
    name: 'card-profile',
    seeds: () => yamlSeeds(profileNames().map(profileText)),
    form: 'json',
    refusals: [ProfileError],
    run: (input) => loadProfile(textOf(input)),
  },
  {
    name: 'card-file',
    seeds: () => jsonSeeds([issueCard(loadProfile('service-card-51'), createTestPki())]),
    form: 'json',
    refusals: [CardError],
    run: (input) => parseCardFile(jsonOf(input)),
  },
  {
    name: 'terminal-profile',
    seeds: () => yamlSeeds(yamlFiles('src/terminal/profiles')),
    form: 'json',
    refusals: [TerminalError],
    run: (input) => parseTerminalProfile(textOf(input), 'fuzz'),
  },
  {
    name: 'tariff',
    seeds: () => yamlSeeds(yamlFiles('src/gateway/fares/data')),
    form: 'json',
    refusals: [FareError],
    run: (input) => parseTariff(textOf(input), 'fuzz'),
  },
  {
    name: 'campaigns',
    seeds: () => yamlSeeds(yamlFiles('src/gateway/fares/data')),
    form: 'json',
    refusals: [FareError],
    run: (input) => parseCampaigns(textOf(input), 'fuzz'),
  },
  {
    name: 'gateway-config',
    seeds: () => yamlSeeds(['port: 8051\ndata: here\ncampaigns: [ningbo-2015, mine.yaml]\nlogLevel: warn\n']),
    form: 'json',
    refusals: [CommandError],
    run: (input) => parseConfigFile(textOf(input), 'fuzz'),
  },
  {
    name: 'transcript',
    seeds: () =>
      jsonSeeds(vectorsOf('session').flatMap((vector) => [{ suite: 'fuzz', vectors: [vector] }, vector.input])),
    form: 'json',
    refusals: [ChannelError],
    run: (input) => recordingsOf(jsonOf(input)),
  },
  {
    name: 'tap-record',
    seeds: () => jsonSeeds([sampleTap]),
    form: 'json',
    refusals: [],
    run(input) {
      const parsed = parseTapRecord(jsonOf(input));
      if (!parsed.ok) {
        hold(parsed.issues.length > 0, 'says what is wrong');
        return parsed;
      }
      const again = parseTapRecord(JSON.parse(canonicalRecord(parsed.record)));
      hold(again.ok && canonicalRecord(again.record) === canonicalRecord(parsed.record), 'written and read, the same');
      return verifyEvidence(parsed.record, { caKeys: store });
    },
  },
  {
    name: 'decode',
    seeds: () => [
      ...readdirSync('test/cli/decode/logs').map((name) => readFileSync(`test/cli/decode/logs/${name}`)),
      ...vectorsOf('session')
        .slice(0, 20)
        .map(({ input }) => bytesOf(apduLog(input.transcript as Transcript['transcript']))),
    ],
    form: 'json',
    refusals: [CommandError],
    run: (input) => decodeInput({ text: textOf(input) }, {}),
  },
  {
    name: 'ca-key-file',
    seeds: () => [...jsonSeeds([keys]), ...jsonSeeds(keys.map((key) => [key])), bytesOf(keyTable)],
    form: 'json',
    refusals: [],
    run: readCaKeys,
  },
  {
    name: 'ca-keys',
    seeds: () => jsonSeeds(keys.map((key) => [key])),
    form: 'json',
    refusals: [KeyError],
    run(input) {
      const list = jsonOf(input);
      const isList = Array.isArray(list) && list.every((key) => typeof key === 'object' && key !== null);
      if (!isList || !list.every((key) => Object.values(key).every((value) => typeof value === 'string')))
        return 'no keys';
      return createCertificationAuthorityKeyStore(list as CertificationAuthorityKey[])
        .all()
        .map(({ prepared: _, ...key }) => key);
    },
  },
];

import { z } from 'zod';
import { type ConfigOption, option } from './config-option.js';

const text = z.string().min(1);
const keyText = z.string().min(1, 'it is empty; unset it where there is no master key');
const rate = z.int().min(0).max(1_000_000);

/** Every option of a gateway. A new one is a row here, and is then known everywhere. */
const gatewayOptions = {
  port: option({
    kind: 'number',
    schema: z.int().min(0).max(65_535),
    flags: '--port <number>',
    text: 'TCP port, 0 for any free one',
    default: 8051,
  }),
  host: option({
    kind: 'text',
    schema: text,
    flags: '--host <address>',
    text: 'address to listen on; the default is this machine only',
    default: '127.0.0.1',
  }),
  data: option({
    kind: 'text',
    schema: text,
    flags: '--data <folder>',
    text: 'keys and books; made where it is missing',
    default: 'gateway-data',
    path: 'folder',
  }),
  database: option({
    kind: 'text',
    schema: text,
    flags: '--database <url>',
    text: 'keep the books in PostgreSQL: postgresql://user:password@host:port/database',
    secret: 'url',
  }),
  inbox: option({
    kind: 'text',
    schema: text,
    flags: '--inbox <folder>',
    text: 'take in files that are dropped there: FOLDER/<operator>/*.ndjson, or .ndjson.gz',
    path: 'folder',
  }),
  threads: option({
    kind: 'number',
    schema: z.int().min(0).max(64),
    flags: '--threads <number>',
    text: 'threads that check what cards signed, beside one that keeps taps; 0: one thread does all',
    defaultText: 'one for each processor but one, at most 4',
  }),
  tariff: option({
    kind: 'list',
    schema: z.union([text, z.array(text).min(1).readonly()]),
    flags: '--tariff <id-or-file...>',
    text: 'versions of the tariff, each for its days: ids in the box, or files',
    default: ['ningbo'],
    path: 'fare',
  }),
  campaigns: option({
    kind: 'list',
    schema: z.array(text).readonly(),
    flags: '--campaigns <id-or-file...>',
    text: 'sets of campaigns: ids in the box, or files',
    default: ['ningbo-2015', 'ningbo-2016'],
    path: 'fare',
  }),
  membershipPolicy: option({
    kind: 'text',
    schema: text,
    flags: '--membership-policy <id-or-file>',
    text: 'who counts as a member, year by year: an id in the box, or a file',
    default: 'ningbo',
    path: 'fare',
  }),
  cardPolicy: option({
    kind: 'text',
    schema: text,
    flags: '--card-policy <id-or-file>',
    text: 'banks, lead time, fees and who hands out cards: an id in the box, or a file',
    default: 'ningbo',
    path: 'fare',
  }),
  collectionPolicy: option({
    kind: 'text',
    schema: text,
    flags: '--collection-policy <id-or-file>',
    text: 'what lists of members hold, and how members are numbered: an id in the box, or a file',
    default: 'ningbo',
    path: 'fare',
  }),
  loanPolicy: option({
    kind: 'text',
    schema: text,
    flags: '--loan-policy <id-or-file>',
    text: 'limits and rates of loans, and who is eligible: an id in the box, or a file',
    default: 'ningbo',
    path: 'fare',
  }),
  benefitLists: option({
    kind: 'text',
    schema: text,
    flags: '--benefit-lists <id-or-file>',
    text: 'which lists of who is entitled to what are made: an id in the box, or a file',
    default: 'ningbo',
    path: 'fare',
  }),
  testCards: option({
    kind: 'boolean',
    schema: z.boolean(),
    flags: '--test-cards',
    text: 'believe the test authority of the software cards; --no-test-cards: cards under UnionPay’s live keys only',
    defaultText: 'on this machine only',
  }),
  caKeys: option({
    kind: 'list',
    schema: z.array(text).readonly(),
    flags: '--ca-keys <file...>',
    text: 'believe cards under the keys of a file too (yongtap keys import --state <data folder> keeps them)',
    path: 'file',
  }),
  issuerKeys: option({
    kind: 'text',
    schema: text,
    flags: '--issuer-keys <file>',
    text: 'a file of issuers’ master keys: check the cryptograms of their cards too',
    path: 'file',
  }),
  sandbox: option({
    kind: 'boolean',
    schema: z.boolean(),
    flags: '--sandbox',
    text: 'for trying out: test cards, an X-Yongtap-Now header to travel in time, and books of its own',
    default: false,
  }),
  masterKey: option({
    kind: 'text',
    schema: keyText,
    mustNotBeEmpty: true,
    text: 'the key under which keys.json is wrapped: 32 bytes in hex or base64',
    secret: 'whole',
    notInFile: true,
  }),
  masterKeyFile: option({
    kind: 'text',
    schema: keyText,
    mustNotBeEmpty: true,
    flags: '--master-key-file <file>',
    text: 'a file with the key under which keys.json is wrapped',
    path: 'file',
  }),
  masterKeyCommand: option({
    kind: 'text',
    schema: keyText,
    mustNotBeEmpty: true,
    flags: '--master-key-command <command>',
    text: 'what prints that key: a command of a key service',
  }),
  tlsCert: option({
    kind: 'text',
    schema: text,
    flags: '--tls-cert <file>',
    text: 'certificate and those that lead to its authority, in PEM: listen with TLS (SIGHUP reads it again)',
    path: 'file',
  }),
  tlsKey: option({
    kind: 'text',
    schema: text,
    flags: '--tls-key <file>',
    text: 'the certificate’s private key, in PEM',
    path: 'file',
  }),
  clientCa: option({
    kind: 'text',
    schema: text,
    flags: '--client-ca <file>',
    text: 'authority of the clients’ certificates, in PEM: each client has to show one',
    path: 'file',
  }),
  behindProxy: option({
    kind: 'boolean',
    schema: z.boolean(),
    flags: '--behind-proxy',
    text: 'a proxy in front has TLS, and tells clients’ addresses in X-Forwarded-For',
    default: false,
  }),
  insecure: option({
    kind: 'boolean',
    schema: z.boolean(),
    flags: '--insecure',
    text: 'listen beyond this machine without TLS: whoever is on the way reads keys and records',
    default: false,
  }),
  requestRate: option({
    kind: 'number',
    schema: rate,
    flags: '--request-rate <per-second>',
    text: 'requests a second of one key, taps and claims of offers apart; 0: no limit',
    default: 1000,
  }),
  tapRate: option({
    kind: 'number',
    schema: rate,
    flags: '--tap-rate <per-second>',
    text: 'requests a second of one key that hand in taps, a batch counting as one, or claim; 0: no limit',
    default: 0,
  }),
  failureRate: option({
    kind: 'number',
    schema: rate,
    flags: '--failure-rate <per-second>',
    text: 'requests a second of one address without a good key; 0: no limit',
    default: 50,
  }),
  connectionsPerAddress: option({
    kind: 'number',
    schema: rate,
    flags: '--connections-per-address <number>',
    text: 'connections of one address at a time; 0: no limit',
    default: 1000,
  }),
  denyListSeconds: option({
    kind: 'number',
    schema: z.int().min(1).max(3600),
    text: 'how soon after a change the deny list is published',
    default: 5,
  }),
  listSeconds: option({
    kind: 'number',
    schema: z.int().min(1).max(86_400),
    text: 'the same for the other lists for terminals',
    default: 300,
  }),
  listValidDays: option({
    kind: 'number',
    schema: z.int().min(1).max(366),
    text: 'how long a list for terminals holds',
    default: 7,
  }),
  debtLimitFen: option({
    kind: 'number',
    schema: z.int().min(1000),
    text: 'a card that owes this much, in fen, comes on the deny list',
    default: 5000,
  }),
  logLevel: option({
    kind: 'text',
    schema: z.enum(['debug', 'info', 'warn', 'error', 'silent']),
    flags: '--log-level <level>',
    text: 'of the log on standard error: debug, info, warn, error, silent',
    default: 'info',
  }),
  privateWebhooks: option({
    kind: 'boolean',
    schema: z.boolean(),
    text: 'let webhooks go to addresses of private networks and of this machine',
    defaultText: 'where it listens on this machine only',
  }),
  webhookCa: option({
    kind: 'text',
    schema: text,
    text: 'authorities in PEM, beside the known ones, whose certificates receivers of webhooks may show',
    path: 'file',
  }),
  messagesUrl: option({
    kind: 'text',
    schema: text,
    text: 'a service that sends short messages on to mobile phones; without one they are kept for an administrator to read',
  }),
  messagesSecret: option({
    kind: 'text',
    schema: z.string().regex(/^whsec_[A-Za-z0-9+/]{32,}={0,2}$/, 'whsec_ and base64 of 24 bytes or more'),
    text: 'signs what goes to that service: whsec_ and base64 of 24 bytes or more',
    secret: 'whole',
    notInFile: true,
  }),
  telemetryEndpoint: option({
    kind: 'text',
    schema: z.url({ protocol: /^https?$/ }),
    text: 'send traces to this OTLP/HTTP collector; OTEL_EXPORTER_OTLP_ENDPOINT says the same',
    defaultText: 'no traces',
  }),
  telemetrySample: option({
    kind: 'number',
    schema: z.number().min(0).max(1),
    text: 'the part of traces that is kept, where the caller has not decided',
    default: 1,
  }),
} as const satisfies Readonly<Record<string, ConfigOption>>;

export type GatewayOptionName = keyof typeof gatewayOptions;

/** What is known of the options; what nobody has said and has no default is missing. */
export type GatewayConfig = {
  readonly [Name in NamesWithDefault]: ValueOf<Name>;
} & {
  readonly [Name in Exclude<GatewayOptionName, NamesWithDefault>]?: ValueOf<Name>;
};

type ValueOf<Name extends GatewayOptionName> = z.infer<(typeof gatewayOptions)[Name]['schema']>;

type NamesWithDefault = {
  [Name in GatewayOptionName]: (typeof gatewayOptions)[Name] extends { readonly default: unknown } ? Name : never;
}[GatewayOptionName];

export const optionNames = Object.keys(gatewayOptions) as GatewayOptionName[];

export const optionOf = (name: GatewayOptionName): ConfigOption => gatewayOptions[name];

export const isOptionName = (name: string): name is GatewayOptionName => Object.hasOwn(gatewayOptions, name);

import { z } from 'zod';
import { type ConfigOption, option } from './config-option.js';

const text = z.string().min(1);

/** Every option of a gateway. A new one is a row here, and is then known everywhere. */
export const gatewayOptions = {
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
    path: 'file',
  }),
  database: option({
    kind: 'text',
    schema: text,
    flags: '--database <url>',
    text: 'keep the books in PostgreSQL: postgresql://user:password@host:port/database',
    secret: 'url',
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

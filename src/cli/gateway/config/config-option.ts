import type { z } from 'zod';

/** How a value is written as text, in the environment and on the command line. */
export type OptionKind = 'text' | 'number' | 'boolean' | 'list';

/** One option of the gateway: this row is all that command line, environment, file, schema and print-out know of it. */
export interface ConfigOption<Schema extends z.ZodType = z.ZodType> {
  readonly kind: OptionKind;
  readonly schema: Schema;
  /** For people: on the command line's help and in the JSON Schema. */
  readonly text: string;
  /** As commander writes it; left out where the option is not for the command line. */
  readonly flags?: string;
  readonly default?: z.infer<Schema>;
  /** What stands for the default where it depends on other options. */
  readonly defaultText?: string;
  /** Relative to the configuration file, where it stands in one. `folder`: made where it is missing. `fare`: an id, or a file. */
  readonly path?: 'file' | 'folder' | 'fare';
  /** `whole`: never shown. `url`: its password is not. */
  readonly secret?: 'whole' | 'url';
  /** A secret that belongs into the environment or a file of its own, and not into the configuration file. */
  readonly notInFile?: boolean;
  /** An empty variable is an error, and not the same as none. */
  readonly mustNotBeEmpty?: boolean;
}

export const option = <Schema extends z.ZodType, const Row extends ConfigOption<Schema>>(
  row: Row & { readonly schema: Schema },
): Row => row;

/** `logLevel` → `YONGTAP_LOG_LEVEL` */
export const environmentName = (name: string): string =>
  `YONGTAP_${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;

/** `logLevel` → `--log-level` */
export const flagName = (name: string): string => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

import { Option } from 'commander';

/** `--fault`, as often as one likes. */
export const faultOption = (): Option =>
  new Option(
    '--fault <kind@where[:value]>',
    'let a software card do wrong: tear@3, tear-before@3, drop@3, late@read-record:250, flip@4, status@2:6985, garbage@* (again for more; docs/faults.md)',
  ).argParser((text: string, before: readonly string[] = []) => [...before, text]);

import { FareError, type FareIssue } from './fare-error.js';
import { type FareFile, parseFareFile } from './fare-file.js';
import { type FareLint, lintCampaigns, lintTariff } from './lint-fares.js';
import { parseCampaigns, parseTariffFiles } from './load-fares.js';
import type { Tariff } from './tariff-schema.js';

export interface CheckedFinding extends FareIssue {
  readonly level: 'error' | 'warning';
  readonly code: FareError['code'] | FareLint['code'];
}

/** What a file is, and everything that is wrong with it or hardly meant. */
export interface CheckedFile {
  readonly file: string;
  readonly kind: 'tariff' | 'campaigns';
  readonly findings: readonly CheckedFinding[];
  /** Where it is one that can be used. */
  readonly tariff?: Tariff;
}

/** Checks files of tariffs and campaigns, of which a tariff may be based on another. Never throws. */
export function checkFareFiles(files: readonly { readonly file: string; readonly text: string }[]): CheckedFile[] {
  return files.map((each) => {
    try {
      const source = parseFareFile(each.text, 'tariff-invalid', each.file);
      return isCampaigns(source.value) ? checkCampaigns(each, source) : checkTariff(each, source, files);
    } catch (error) {
      return { file: each.file, kind: 'tariff', findings: findingsOf(error) };
    }
  });
}

const isCampaigns = (value: unknown): boolean => typeof value === 'object' && value !== null && 'campaigns' in value;

function findingsOf(error: unknown): CheckedFinding[] {
  if (!(error instanceof FareError)) throw error;
  return error.allIssues.map((issue) => ({ ...issue, level: 'error', code: error.code }));
}

const warn =
  (source: FareFile) =>
  ({ code, path, message }: FareLint): CheckedFinding => ({
    level: 'warning',
    code,
    place: path.join('.'),
    line: source.lineOf(path),
    column: source.columnOf(path),
    message,
  });

interface Named {
  readonly file: string;
  readonly text: string;
}

function checkCampaigns({ file, text }: Named, source: FareFile): CheckedFile {
  try {
    const set = parseCampaigns(text, file);
    const own = (source.value as { readonly holidays?: readonly string[] }).holidays ?? [];
    return { file, kind: 'campaigns', findings: lintCampaigns(set, own).map(warn(source)) };
  } catch (error) {
    return { file, kind: 'campaigns', findings: findingsOf(error) };
  }
}

function checkTariff(each: Named, source: FareFile, files: readonly Named[]): CheckedFile {
  const { file } = each;
  try {
    // The others only as what it may be based on: what is wrong with them is told of them.
    const others = files.filter((other) => other !== each && isReadable(other));
    const tariff = parseTariffFiles([each, ...others], 1)[0]!;
    return { file, kind: 'tariff', findings: lintTariff(tariff).map(warn(source)), tariff };
  } catch (error) {
    return { file, kind: 'tariff', findings: findingsOf(error) };
  }
}

function isReadable({ text }: Named): boolean {
  try {
    parseFareFile(text, 'tariff-invalid');
    return true;
  } catch {
    return false;
  }
}

import { decodeBinary, decodeNumeric, toAscii, toHex } from '../bytes.js';
import type { DataMap } from '../tlv/index.js';
import type { Language } from '../values/index.js';
import amounts from './data/amounts.json';
import countries from './data/countries.json';
import currencies from './data/currencies.json';

type Currency = (typeof currencies)[number];

const currencyOfCode: ReadonlyMap<string, Currency> = new Map(currencies.map((currency) => [currency.code, currency]));
const countryOfCode = new Map(
  countries.flatMap((country) =>
    [country.code, country.alpha2, country.alpha3].map((code) => [code, country] as const),
  ),
);
const amountOfTag = new Map(
  amounts.flatMap(({ tags, currency, isBinary = false }) => tags.map((tag) => [tag, { currency, isBinary }] as const)),
);

/** Two bytes of format n hold three digits. */
const code = (bytes: Uint8Array): string => toHex(bytes).slice(-3);

/** One country code, as ISO 3166-1 names it. */
export function readCountry(bytes: Uint8Array, language: Language): string | undefined {
  const country = bytes.length === 2 ? countryOfCode.get(code(bytes)) : undefined;
  return language === 'zh' ? country?.nameZh : country?.name;
}

/** A country by its two or three letters. */
export function readCountryLetters(bytes: Uint8Array, language: Language): string | undefined {
  const country = countryOfCode.get(toAscii(bytes).toUpperCase());
  return language === 'zh' ? country?.nameZh : country?.name;
}

/** One currency code or several, as ISO 4217 names them. */
export function readCurrencies(bytes: Uint8Array, language: Language): string | undefined {
  if (bytes.length === 0 || bytes.length % 2 !== 0) return undefined;
  const names: string[] = [];
  for (let offset = 0; offset < bytes.length; offset += 2) {
    const currency = currencyOfCode.get(code(bytes.subarray(offset, offset + 2)));
    if (currency === undefined) return undefined;
    names.push(`${currency.letters} ${language === 'zh' ? currency.nameZh : currency.name}`);
  }
  return names.join(', ');
}

/** An amount of the tag, with its currency where `data` knows that; without it two decimals. */
export function readAmount(tag: string, bytes: Uint8Array, data: DataMap | undefined): string | undefined {
  const kind = amountOfTag.get(tag);
  if (kind === undefined || bytes.length !== (kind.isBinary ? 4 : 6)) return undefined;
  const amount = kind.isBinary ? decodeBinary(bytes) : decodeNumeric(bytes);
  return amount === undefined ? undefined : formatAmount(amount, tag, data);
}

/** `amount` in the smallest unit of the currency that amounts of this tag have. */
export function formatAmount(amount: number, tag: string, data: DataMap | undefined): string {
  const stated = amountOfTag.get(tag)?.currency.map((currencyTag) => data?.get(currencyTag)) ?? [];
  const currency = stated.flatMap((value) => (value === undefined ? [] : (currencyOfCode.get(code(value)) ?? [])))[0];
  const decimals = currency?.decimals ?? 2;
  const digits = amount.toString().padStart(decimals + 1, '0');
  const whole = decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
  return currency === undefined ? whole : `${whole} ${currency.letters}`;
}

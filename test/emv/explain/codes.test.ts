import { describe, expect, it } from 'vitest';
import codeTables from '../../../emv/explain/data/codes.json';
import countries from '../../../emv/explain/data/countries.json';
import currencies from '../../../emv/explain/data/currencies.json';
import languages from '../../../emv/explain/data/languages.json';
import { describeValue, fromHex, lookUpTag } from '../../../emv/index.js';

describe('the codes', () => {
  it.each(codeTables.map((table) => [table.tags.join(' '), table] as const))('of %s', (_, { tags, source, codes }) => {
    expect(source).not.toBe('');
    expect(codes.map(({ code }) => code)).toEqual([...new Set(codes.map(({ code }) => code))]);
    for (const tag of tags) {
      const length = lookUpTag(tag)!.length!;
      for (const { code, meaning, meaningZh } of codes) {
        expect(code).toHaveLength(Number(length) * 2);
        expect(describeValue(tag, fromHex(code)).meaning).toBe(meaning);
        expect(describeValue(tag, fromHex(code), { language: 'zh' }).meaning).toBe(meaningZh);
      }
    }
  });

  it('of countries are the 249 of ISO 3166-1, by digits and by letters', () => {
    expect(countries).toHaveLength(249);
    for (const { code, alpha2, alpha3, name, nameZh } of countries) {
      expect(describeValue('9F1A', fromHex(`0${code}`)).meaning).toBe(name);
      expect(describeValue('9F1A', fromHex(`0${code}`), { language: 'zh' }).meaning).toBe(nameZh);
      for (const [tag, letters] of [['5F55', alpha2] as const, ['5F56', alpha3] as const]) {
        expect(describeValue(tag, new TextEncoder().encode(letters)).meaning).toBe(name);
      }
    }
    expect(countries.find(({ code }) => code === '156')).toMatchObject({ alpha2: 'CN', name: 'China', nameZh: '中国' });
  });

  it('of currencies are those of ISO 4217, with the digits of their smallest unit', () => {
    expect(currencies.length).toBeGreaterThanOrEqual(180);
    for (const { code, letters, name, nameZh, decimals } of currencies) {
      expect([0, 2, 3, 4]).toContain(decimals);
      expect(describeValue('5F2A', fromHex(`0${code}`)).meaning).toBe(`${letters} ${name}`);
      expect(describeValue('5F2A', fromHex(`0${code}`), { language: 'zh' }).meaning).toBe(`${letters} ${nameZh}`);
    }
    expect(new Set(currencies.map(({ letters }) => letters)).size).toBe(currencies.length);
    const decimalsOf = (wanted: string) => currencies.find(({ letters }) => letters === wanted)?.decimals;
    expect(['CNY', 'JPY', 'KWD', 'CLF'].map(decimalsOf)).toEqual([2, 0, 3, 4]);
    const none = currencies.find(({ name }) => name === 'No currency');
    expect(none).toEqual({ code: '999', letters: 'X'.repeat(3), decimals: 0, name: 'No currency', nameZh: '无货币' });
  });

  it('of languages are the 183 of ISO 639-1', () => {
    expect(languages).toHaveLength(183);
    for (const { code, name } of languages) {
      expect(describeValue('5F2D', new TextEncoder().encode(code)).meaning).toBe(`${code} ${name}`);
    }
  });
});

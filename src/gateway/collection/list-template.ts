import { documentTypeNames, documentTypes } from '../identity/index.js';
import { writeCsv, writeXlsx } from '../sheets/index.js';
import type { Bank } from './check/bank-finder.js';
import type { CollectionPolicy } from './collection-policy.js';
import { columnWords, fields } from './columns.js';

const SPARE_ROWS = 300;

export interface TemplateOptions {
  readonly policy: CollectionPolicy;
  readonly banks: readonly Bank[];
}

const headings = fields.map((field) => `${columnWords[field].nameZh}\n${columnWords[field].name}`);

/** The row that shows how to fill in; its number is the example of GB 11643-1999. It is to be replaced. */
const example = fields.map((field) => columnWords[field].example);

/** A file to fill in, with headings and an example row. */
export const csvTemplate = (): string =>
  writeCsv([fields.map((field) => `${columnWords[field].nameZh} ${columnWords[field].name}`), example]);

/** A workbook to fill in: columns of text, lists to choose from, an example row, and a sheet that explains. */
export function xlsxTemplate({ policy, banks }: TemplateOptions): Promise<Uint8Array> {
  const widths = fields.map((field) => columnWords[field].width);
  const choices = new Map([
    [fields.indexOf('sex'), ['男', '女']],
    [fields.indexOf('identityType'), documentTypes.map((type) => documentTypeNames[type].nameZh)],
    [fields.indexOf('bank'), banks.map(({ name, nameZh = name }) => nameZh)],
  ]);
  const list = { name: '会员名册', widths, rows: [headings, example], spareRows: SPARE_ROWS, choices };
  return writeXlsx([list, { name: '填写说明', widths: [20, 60, 60], rows: explanations(policy, banks) }]);
}

function explanations(policy: CollectionPolicy, banks: readonly Bank[]): string[][] {
  const needed = (field: (typeof fields)[number]) =>
    policy.required.includes(field) ? ['必填。', 'Needed. '] : ['可不填。', 'May be left empty. '];
  const columns = fields.map((field) => {
    const { name, nameZh, note, noteZh } = columnWords[field];
    const [zh, en] = needed(field);
    return [`${nameZh} ${name}`, `${zh}${noteZh}`, `${en}${note}`];
  });
  const types = documentTypes.map((type) => documentTypeNames[type]);
  return [
    ['栏目 column', '说明', 'Explanation'],
    ...columns,
    ['证件类型', types.map(({ nameZh }) => nameZh).join('、'), types.map(({ name }) => name).join(', ')],
    ['银行 banks', banks.map(({ name, nameZh = name }) => nameZh).join('、'), banks.map(({ name }) => name).join(', ')],
    ['示例 example', '第2行为示例，请替换。', 'Row 2 is an example: put a member there in its place.'],
    [
      '行数 rows',
      `每份名册最多${policy.rowsMax}行，更多请分份上报。`,
      `At most ${policy.rowsMax} rows in one list; hand in more in parts.`,
    ],
    [
      '退回 returned',
      '有误的行连同原因退回，改正后可直接再次上报，“原因”一栏不必删除。',
      'Wrong rows come back with the reason in a last column: correct them and hand the file in again as it is.',
    ],
  ];
}

import {
  type Chain,
  type ChainField,
  type ChainLink,
  type ExplainedObject,
  type ExplainOptions,
  odaRefusals,
} from '../../../emv/index.js';
import type { Show } from './hide-card-numbers.js';

/** An opened chain as a tree: its links, each with its fields, what was expected where a check failed. */
export function chainTree(chain: Chain, show: Show, options: ExplainOptions): ExplainedObject {
  const zh = options.language === 'zh';
  const links = chain.links.filter(({ fields, status }) => fields.length > 0 || status === 'failed');
  return {
    tag: 'ODA',
    name: zh ? '脱机数据认证' : 'Offline data authentication',
    meaning: `${chain.method === 'fdda' ? 'fDDA' : chain.method.toUpperCase()} ${outcome(chain, zh)}`,
    children: links.map((link) => linkTree(link, show, options)),
  };
}

function outcome({ ok, reason }: Chain, zh: boolean): string {
  if (ok) return zh ? '成功' : 'good';
  const why = reason === undefined ? '' : odaRefusals[reason][zh ? 'meaningZh' : 'meaning'];
  return `${zh ? '失败：' : 'failed: '}${why}${reason === undefined ? '' : ` [${reason}]`}`;
}

/** The fields of each link by the tag of what it opens; what is missing is not there to be shown. */
export function openedByTag(
  chain: Chain,
  show: Show,
  options: ExplainOptions,
): ReadonlyMap<string, readonly ExplainedObject[]> {
  return new Map(
    chain.links
      .filter(({ tag, status, fields }) => tag !== undefined && status !== 'not-reached' && fields.length > 0)
      .map(({ tag, fields }) => {
        const given = fields.filter(({ value }) => value !== undefined);
        return [tag!, given.map((field) => fieldTree(field, show, options))];
      }),
  );
}

const statusWords = {
  good: ['good', '正确'],
  failed: ['failed', '失败'],
  'not-reached': ['not reached', '未执行'],
} as const;

function linkTree(link: ChainLink, show: Show, options: ExplainOptions): ExplainedObject {
  const zh = options.language === 'zh';
  const algorithm = link.algorithm === undefined ? '' : `${link.algorithm.toUpperCase()} `;
  return {
    tag: link.tag ?? 'KEY',
    name: zh ? link.nameZh : link.name,
    meaning: algorithm + statusWords[link.status][zh ? 1 : 0],
    children: link.fields.map((field) => fieldTree(field, show, options)),
  };
}

const checkMarks = { good: '✓', failed: '✗', none: '·' } as const;

function fieldTree(field: ChainField, show: Show, options: ExplainOptions): ExplainedObject {
  const zh = options.language === 'zh';
  const said = (value: ChainField['expected']) => (value instanceof Uint8Array ? show(value) : `${value}`);
  const meaning = field.holdsCardNumber && !options.showPan ? undefined : zh ? field.meaningZh : field.meaning;
  const missed = [
    ...(field.expected === undefined ? [] : [`${zh ? '应为' : 'expected'} ${said(field.expected)}`]),
    ...(field.found === undefined ? [] : [`${zh ? '实为' : 'found'} ${said(field.found)}`]),
  ];
  const meanings = [meaning, ...(field.check === 'failed' ? missed : [])].filter((text) => text !== undefined);
  return {
    tag: field.tag ?? checkMarks[field.check],
    name: zh ? field.nameZh : field.name,
    ...(field.value && { value: show(field.value) }),
    ...(meanings.length > 0 && { meaning: meanings.join(zh ? '，' : ', ') }),
  };
}

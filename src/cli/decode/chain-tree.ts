import {
  type Chain,
  type ChainField,
  type ChainLink,
  createCardNumbers,
  type ExplainedObject,
  type ExplainOptions,
  maskDigits,
  odaRefusals,
  toHex,
} from '../../../emv/index.js';

/**
 * An opened chain as a tree: its links, each with its fields, what was expected where a check failed. The card numbers
 * of `options.session` and those in the certificates are masked.
 */
export function chainTree(chain: Chain, options: ExplainOptions): ExplainedObject {
  const zh = options.language === 'zh';
  const hide = hiding(chain, options);
  const links = chain.links.filter(({ fields, status }) => fields.length > 0 || status === 'failed');
  return {
    tag: 'ODA',
    name: zh ? '脱机数据认证' : 'Offline data authentication',
    meaning: `${chain.method === 'fdda' ? 'fDDA' : chain.method.toUpperCase()} ${outcome(chain, zh)}`,
    children: links.map((link) => linkTree(link, hide, options)),
  };
}

function outcome({ ok, reason }: Chain, zh: boolean): string {
  if (ok) return zh ? '成功' : 'good';
  const why = reason === undefined ? '' : odaRefusals[reason][zh ? 'meaningZh' : 'meaning'];
  return `${zh ? '失败：' : 'failed: '}${why}${reason === undefined ? '' : ` [${reason}]`}`;
}

/** The fields of each link by the tag of what it opens; what is missing is not there to be shown. */
export function openedByTag(chain: Chain, options: ExplainOptions): ReadonlyMap<string, readonly ExplainedObject[]> {
  const hide = hiding(chain, options);
  return new Map(
    chain.links
      .filter(({ tag, status, fields }) => tag !== undefined && status !== 'not-reached' && fields.length > 0)
      .map(({ tag, fields }) => {
        const given = fields.filter(({ value }) => value !== undefined);
        return [tag!, given.map((field) => fieldTree(field, hide, options))];
      }),
  );
}

type Hide = (bytes: Uint8Array, field: ChainField) => string;

function hiding(chain: Chain, { showPan, session }: ExplainOptions): Hide {
  const inChain = createCardNumbers(cardNumbersOf(chain));
  return (bytes, { holdsCardNumber }) => {
    const hex = toHex(bytes);
    if (showPan) return hex;
    if (holdsCardNumber && /^\d{13,20}F*$/.test(hex)) return hex.replace(/^\d+/, maskDigits);
    const known = session?.cardNumbers.redact(hex, { knownOnly: true }) ?? hex;
    const hidden = inChain.redact(known, { knownOnly: true });
    return holdsCardNumber && hidden === hex ? hex.replace(/^\d{8,}/, maskDigits) : hidden;
  };
}

/** The card number in a certificate is filled up with F. */
function cardNumbersOf({ links }: Chain): string[] {
  const fields = links.flatMap((link) => link.fields).filter(({ holdsCardNumber }) => holdsCardNumber);
  return fields.flatMap(({ value, expected, found }) =>
    [value, expected, found].flatMap((one) => (one instanceof Uint8Array ? (/^\d{8,20}/.exec(toHex(one)) ?? []) : [])),
  );
}

const statusWords = {
  good: ['good', '正确'],
  failed: ['failed', '失败'],
  'not-reached': ['not reached', '未执行'],
} as const;

function linkTree(link: ChainLink, hide: Hide, options: ExplainOptions): ExplainedObject {
  const zh = options.language === 'zh';
  const algorithm = link.algorithm === undefined ? '' : `${link.algorithm.toUpperCase()} `;
  return {
    tag: link.tag ?? 'KEY',
    name: zh ? link.nameZh : link.name,
    meaning: algorithm + statusWords[link.status][zh ? 1 : 0],
    children: link.fields.map((field) => fieldTree(field, hide, options)),
  };
}

const checkMarks = { good: '✓', failed: '✗', none: '·' } as const;

function fieldTree(field: ChainField, hide: Hide, options: ExplainOptions): ExplainedObject {
  const zh = options.language === 'zh';
  const said = (value: ChainField['expected']) => (value instanceof Uint8Array ? hide(value, field) : `${value}`);
  const meaning = field.holdsCardNumber && !options.showPan ? undefined : zh ? field.meaningZh : field.meaning;
  const missed = [
    ...(field.expected === undefined ? [] : [`${zh ? '应为' : 'expected'} ${said(field.expected)}`]),
    ...(field.found === undefined ? [] : [`${zh ? '实为' : 'found'} ${said(field.found)}`]),
  ];
  const meanings = [meaning, ...(field.check === 'failed' ? missed : [])].filter((text) => text !== undefined);
  return {
    tag: field.tag ?? checkMarks[field.check],
    name: zh ? field.nameZh : field.name,
    ...(field.value && { value: hide(field.value, field) }),
    ...(meanings.length > 0 && { meaning: meanings.join(zh ? '，' : ', ') }),
  };
}

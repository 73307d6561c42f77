import { toHex, tryFromHex } from '../../bytes.js';
import type { PublicKeyAlgorithm } from '../../keys/index.js';
import type { DataMap } from '../../tlv/index.js';
import { type CertificateLayout, iccCertificateLayout, issuerCertificateLayout } from '../open-certificate.js';
import type { SignedThing } from '../witness.js';
import type { ChainFieldName, ChainInput, ChainStep } from './chain.js';
import type { ChainView } from './chain-view.js';
import { cutFields, type RawField } from './cut-fields.js';
import links from './links.json';

type View = Pick<ChainView, 'input' | 'witness'>;

/** The algorithm of the key that a link was, or would be, opened with: the whole chain has that of the CA key. */
export function algorithmOf(step: ChainStep, { input, witness }: View): PublicKeyAlgorithm | undefined {
  if (step === 'static-data' || step === 'dynamic-data') return undefined;
  return (witness.caKey ?? candidateOf(input))?.algorithm ?? (witness.caKey === undefined ? undefined : 'rsa');
}

const candidateOf = ({ caKeys, rid, data }: ChainInput) =>
  caKeys.find(rid, toHex(data.get('8F') ?? new Uint8Array()))[0];

/** What a link shows, in the order in which it lies in the certificate. */
export function fieldsOf(step: ChainStep, view: View): RawField[] {
  switch (step) {
    case 'ca-key':
      return caKeyFields(view);
    case 'static-data':
      return staticDataFields(view.input);
    case 'dynamic-data':
      return dynamicDataFields(view);
    default:
      return signedFields(step, view);
  }
}

function caKeyFields({ input, witness }: View): RawField[] {
  const key = witness.caKey;
  const found: RawField[] = [{ field: 'rid', value: tryFromHex(input.rid) }, ...objects(input.data, [['index', '8F']])];
  if (key === undefined) return found;
  const fields: readonly (readonly [ChainFieldName, string | undefined])[] = [
    ['modulus', key.modulus],
    ['exponent', key.exponent],
    ['publicKey', key.publicKey],
    ['checksum', key.sha1],
  ];
  for (const [field, hex] of fields) if (hex !== undefined) found.push({ field, value: tryFromHex(hex) });
  if (key.expires !== undefined) found.push({ field: 'expires', meaning: key.expires });
  if (key.use !== undefined) {
    found.push({ field: 'use', meaning: `${key.use} cards`, meaningZh: key.use === 'live' ? '正式卡' : '测试卡' });
  }
  return found;
}

const staticDataFields = ({ data, staticData }: ChainInput): RawField[] => [
  ...(staticData === undefined ? [] : [{ field: 'records' as const, value: staticData }]),
  ...objects(data, [
    ['staticDataAuthenticationTagList', '9F4A'],
    ['applicationInterchangeProfile', '82'],
  ]),
];

/** What the terminal adds to the signature of the card, as far as it can be told apart. */
function dynamicDataFields({ input, witness }: View): RawField[] {
  if (input.method === 'cda') {
    return [
      { field: 'unpredictableNumber', tag: '9F37', value: input.unpredictableNumber },
      { field: 'pdolData', value: input.pdolData },
      { field: 'cdolData', value: input.cdolData },
      { field: 'responseData', value: input.responseData },
    ];
  }
  const given = input.method === 'sda' ? undefined : input.terminalData;
  const value = given ?? witness.companions.get('signed-dynamic-data');
  const terminalData: RawField[] = value === undefined ? [] : [{ field: 'terminalData', value }];
  if (input.method !== 'fdda') return terminalData;
  return [
    ...objects(input.data, [['applicationInterchangeProfile', '82']]),
    ...(given === undefined ? objects(input.data, signedByFdda) : []),
    ...terminalData,
  ];
}

const signedByFdda = [
  ['terminalTransactionQualifiers', '9F66'],
  ['unpredictableNumber', '9F37'],
  ['amount', '9F02'],
  ['currency', '5F2A'],
  ['cardAuthenticationData', '9F69'],
] as const;

/** What lies beside an RSA certificate. */
const certificateLayouts: Readonly<Partial<Record<ChainStep, CertificateLayout>>> = {
  'issuer-certificate': issuerCertificateLayout,
  'icc-certificate': iccCertificateLayout,
};

function signedFields(step: SignedThing, view: View): RawField[] {
  const { input, witness } = view;
  const content = witness.contents.get(step);
  const algorithm = algorithmOf(step, view) ?? 'rsa';
  const digest = witness.digests.get(step);
  const layout = algorithm === 'rsa' ? certificateLayouts[step] : undefined;
  return [
    ...objects(input.data, [['encoded', links[step].tag]]),
    ...(content === undefined ? [] : cutFields(step, algorithm, content, input.method === 'cda')),
    ...(digest === undefined ? [] : [{ field: 'computedHash' as const, value: digest }]),
    ...(layout === undefined
      ? []
      : objects(input.data, [
          ['remainder', layout.remainderTag],
          ['exponent', layout.exponentTag],
        ])),
  ];
}

function objects(data: DataMap, wanted: readonly (readonly [ChainFieldName, string])[]): RawField[] {
  return wanted.flatMap(([field, tag]) => {
    const value = data.get(tag);
    return value === undefined ? [] : [{ field, tag, value }];
  });
}

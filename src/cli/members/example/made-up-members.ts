/** A member who does not exist. */
export interface MadeUpMember {
  readonly name: string;
  readonly sex: 'male' | 'female';
  readonly identityNumber: string;
  readonly mobile: string;
  readonly address: string;
}

const SURNAMES = '王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林罗';
const GIVEN = [
  '敏',
  '强',
  '娜',
  '磊',
  '静',
  '军',
  '洋',
  '艳',
  '勇',
  '杰',
  '娟',
  '涛',
  '明',
  '超',
  '秀英',
  '霞',
  '平',
  '刚',
  '桂英',
  '文',
];
const STREETS = ['中山东路', '百丈东路', '彩虹北路', '江东北路', '桑田路'];
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS = '10X98765432';

/** As many members of nobody's as asked for, always the same: identity numbers have right check digits (GB 11643). */
export function makeUpMembers(count: number): readonly MadeUpMember[] {
  return Array.from({ length: count }, (_, index) => {
    const isMale = index % 2 === 0;
    return {
      name: `${SURNAMES[index % SURNAMES.length]}${GIVEN[Math.floor(index / 7) % GIVEN.length]}`,
      sex: isMale ? 'male' : 'female',
      identityNumber: identityNumberOf(index, isMale),
      mobile: `1380574${String(index + 1).padStart(4, '0')}`,
      address: `宁波市江东区${STREETS[index % STREETS.length]}${index + 1}号`,
    };
  });
}

function identityNumberOf(index: number, isMale: boolean): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const birth = `19${two(60 + (index % 35))}${two(1 + (index % 12))}${two(1 + (index % 28))}`;
  const order = String(((index * 2) % 900) + (isMale ? 1 : 2)).padStart(3, '0');
  return withCheckDigit(`330204${birth}${order}`);
}

/** Seventeen digits and the character that GB 11643 (ISO 7064 MOD 11-2) wants behind them. */
export function withCheckDigit(body: string): string {
  const sum = [...body].reduce((total, digit, place) => total + Number(digit) * (WEIGHTS[place] ?? 0), 0);
  return `${body}${CHECKS[sum % CHECKS.length]}`;
}

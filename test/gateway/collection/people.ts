import { identityCheckDigit } from '../../../src/gateway/identity/index.js';

/** Whom nobody knows: invented numbers whose check digits are right. */
export function someone(index: number) {
  const isMan = index % 2 === 1;
  const digits = `33020319${80 + (index % 10)}0101${String(Math.floor(index / 2) % 100).padStart(2, '0')}${isMan ? 1 : 2}`;
  const region = String(330203 + Math.floor(index / 200)).slice(0, 6);
  const number = region + digits.slice(6);
  return {
    name: `会员${'甲乙丙丁戊己庚辛壬癸'[index % 10]}`,
    sex: isMan ? '男' : '女',
    identityNumber: number + identityCheckDigit(number),
    mobile: `139${String(10_000_000 + index)}`,
    address: `海曙区解放南路${index + 1}号`,
  };
}

export const HEADINGS = ['姓名', '性别', '身份证号码', '手机', '家庭住址'];

export const cellsOf = (person: ReturnType<typeof someone>): string[] => [
  person.name,
  person.sex,
  person.identityNumber,
  person.mobile,
  person.address,
];

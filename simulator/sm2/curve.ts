import { inverse, modulo } from '../numbers/modulo.js';

/** The recommended curve of GB/T 32918.5-2017: y² = x³ + ax + b over p, with a = p - 3, and a generator of order n. */
export const curve = {
  p: 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffffn,
  n: 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n,
  gx: 0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7n,
  gy: 0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0n,
} as const;

/** A point (X/Z², Y/Z³); Z = 0 is the point at infinity. */
interface Jacobian {
  readonly x: bigint;
  readonly y: bigint;
  readonly z: bigint;
}

interface Point {
  readonly x: bigint;
  readonly y: bigint;
}

const { p, n } = curve;
const INFINITY: Jacobian = { x: 1n, y: 1n, z: 0n };
const WINDOW_BITS = 4n;
const WINDOWS = 64;

function double({ x, y, z }: Jacobian): Jacobian {
  if (z === 0n) return INFINITY;
  const delta = (z * z) % p;
  const gamma = (y * y) % p;
  const beta = (x * gamma) % p;
  const alpha = (3n * (x - delta) * (x + delta)) % p;
  const x3 = modulo(alpha * alpha - 8n * beta, p);
  const z3 = modulo((y + z) * (y + z) - gamma - delta, p);
  return { x: x3, y: modulo(alpha * (4n * beta - x3) - 8n * gamma * gamma, p), z: z3 };
}

function add(one: Jacobian, other: Jacobian): Jacobian {
  if (one.z === 0n) return other;
  if (other.z === 0n) return one;
  const [z1z1, z2z2] = [(one.z * one.z) % p, (other.z * other.z) % p];
  const [u1, u2] = [(one.x * z2z2) % p, (other.x * z1z1) % p];
  const s1 = (one.y * other.z * z2z2) % p;
  const s2 = (other.y * one.z * z1z1) % p;
  const h = modulo(u2 - u1, p);
  const r = modulo(s2 - s1, p);
  if (h === 0n) return r === 0n ? double(one) : INFINITY;
  const hh = (h * h) % p;
  const hhh = (h * hh) % p;
  const v = (u1 * hh) % p;
  const x3 = modulo(r * r - hhh - 2n * v, p);
  return { x: x3, y: modulo(r * (v - x3) - s1 * hhh, p), z: (one.z * other.z * h) % p };
}

function toAffine({ x, y, z }: Jacobian): Point {
  const inverseZ = inverse(z, p);
  const square = (inverseZ * inverseZ) % p;
  return { x: (x * square) % p, y: (y * square * inverseZ) % p };
}

/** For each 4 bits of a scalar the 15 multiples of the generator; made when they are first needed, in some 10 ms. */
let multiples: readonly (readonly Jacobian[])[] | undefined;

function makeMultiples(): Jacobian[][] {
  const rows: Jacobian[][] = [];
  let base: Jacobian = { x: curve.gx, y: curve.gy, z: 1n };
  for (let window = 0; window < WINDOWS; window++) {
    const row = [INFINITY, base];
    while (row.length < 1 << Number(WINDOW_BITS)) row.push(add(row.at(-1)!, base));
    rows.push(row);
    base = add(row.at(-1)!, base);
  }
  return rows;
}

/**
 * `scalar` times the generator, for 0 < scalar < n. Takes as long as the scalar's digits want: fit for test cards, not
 * for secrets.
 */
export function multiplyGenerator(scalar: bigint): Point {
  if (scalar <= 0n || scalar >= n) throw new RangeError('the scalar is not between 0 and the order of the curve');
  multiples ??= makeMultiples();
  let sum = INFINITY;
  let rest = scalar;
  for (const row of multiples) {
    sum = add(sum, row[Number(rest & 15n)]!);
    rest >>= WINDOW_BITS;
  }
  return toAffine(sum);
}

const SHOWN_FIRST = 3;
const SHOWN_LAST = 4;

/** A mobile number as it may stand on a screen: 139****4001; a short one is hidden wholly. */
export function maskMobile(mobile: string): string {
  const hidden = mobile.length - SHOWN_FIRST - SHOWN_LAST;
  if (hidden < 1) return '*'.repeat(mobile.length);
  return `${mobile.slice(0, SHOWN_FIRST)}${'*'.repeat(hidden)}${mobile.slice(-SHOWN_LAST)}`;
}

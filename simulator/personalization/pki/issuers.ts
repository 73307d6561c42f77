import issuers from './issuers.json' with { type: 'json' };

export type IssuerName = keyof typeof issuers;

export const issuerNames = Object.keys(issuers) as IssuerName[];

/** The first eight digits of an issuer's PANs. The range 622800 is one of a published card test suite. */
export function issuerIdentifierOf(name: IssuerName): string {
  return issuers[name].issuerIdentifier;
}

export function issuerLabelOf(name: IssuerName): string {
  return issuers[name].label;
}

export type FareErrorCode = 'tariff-invalid' | 'tariff-unknown' | 'campaigns-invalid' | 'campaigns-unknown';

/** A tariff or a set of campaigns that cannot be used; `place` names the field (`metro.bands.0.uptoM`) or the line. */
export class FareError extends Error {
  override readonly name = 'FareError';
  constructor(
    readonly code: FareErrorCode,
    message: string,
    readonly place?: string,
  ) {
    super(place === undefined ? message : `${place}: ${message}`);
  }
}

export type TrackErrorCode =
  | 'track-card-number-invalid'
  | 'track-separator-missing'
  | 'track-expiry-invalid'
  | 'track-service-code-invalid'
  | 'track-characters-left';

const meanings: Readonly<Record<TrackErrorCode, string>> = {
  'track-card-number-invalid': 'a track begins with a card number of 8 to 19 digits',
  'track-separator-missing': 'no separator behind the field before',
  'track-expiry-invalid': 'the expiry is not YYMM',
  'track-service-code-invalid': 'the service code is not three digits',
  'track-characters-left': 'characters that no track has',
};

/** Text that is no track 1 or 2. `offset` is the character that is wrong or missing. */
export class TrackError extends Error {
  override readonly name = 'TrackError';
  constructor(
    readonly code: TrackErrorCode,
    readonly offset: number,
  ) {
    super(`${meanings[code]} (character ${offset + 1})`);
  }
}

/** The fields of track 1 or 2 (ISO/IEC 7813), as they stand there. */
export interface Track {
  readonly track: 1 | 2;
  readonly cardNumber: string;
  /** Track 1 only. */
  readonly cardholderName?: string;
  /** YYMM. */
  readonly expiry: string;
  readonly serviceCode: string;
  readonly discretionaryData: string;
}

/** Sticky patterns, each of which takes its field and no more than is bounded. */
const fields = {
  sentinel1: /%?B/y,
  sentinel2: /;?/y,
  cardNumber: /\d{8,19}/y,
  separator1: /\^/y,
  separator2: /[=Dd]/y,
  name: /[^^?]{0,45}\^/y,
  expiry: /\d\d(?:0[1-9]|1[0-2])/y,
  serviceCode: /\d{3}/y,
  discretionary1: /[^?^]{0,60}/y,
  discretionary2: /\d{0,30}/y,
  /** Filling, end sentinel, check character. */
  end: /[Ff]?(?:\?.?)?$/y,
} as const;

/**
 * Reads track 2 as text (`;6228…=YYMM…?`), as packed in hex (`6228…DYYMM…F`), or track 1 (`%B6228…^NAME^YYMM…?`).
 * Throws {@link TrackError}.
 */
export function decodeTrack(text: string): Track {
  let offset = 0;
  const take = (pattern: RegExp, code: TrackErrorCode): string => {
    pattern.lastIndex = offset;
    const found = pattern.exec(text)?.[0];
    if (found === undefined) throw new TrackError(code, offset);
    offset += found.length;
    return found;
  };
  const isTrack1 = text.startsWith('%') || /^B/i.test(text);
  take(isTrack1 ? fields.sentinel1 : fields.sentinel2, 'track-card-number-invalid');
  const cardNumber = take(fields.cardNumber, 'track-card-number-invalid');
  take(isTrack1 ? fields.separator1 : fields.separator2, 'track-separator-missing');
  const name = isTrack1 ? take(fields.name, 'track-separator-missing').slice(0, -1).trim() : undefined;
  const expiry = take(fields.expiry, 'track-expiry-invalid');
  const serviceCode = take(fields.serviceCode, 'track-service-code-invalid');
  const discretionaryData = take(isTrack1 ? fields.discretionary1 : fields.discretionary2, 'track-characters-left');
  take(fields.end, 'track-characters-left');
  return {
    track: isTrack1 ? 1 : 2,
    cardNumber,
    ...(name !== undefined && { cardholderName: name }),
    expiry,
    serviceCode,
    discretionaryData: discretionaryData.trim(),
  };
}

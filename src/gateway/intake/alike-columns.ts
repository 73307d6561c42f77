/** What the rows of a table have in common, by column. */
export interface Common {
  /** Columns of few values: most rows of a group have those of others. */
  readonly alike: readonly string[];
  /** Columns that are the same in all rows of a unit, which are inserted side by side. */
  readonly ofUnit: readonly string[];
}

/** By the tables that each tap adds rows to. */
export const alikeColumns = {
  taps: {
    alike: [
      'operator',
      'is_cryptogram_verified',
      'service_day',
      'service',
      'event',
      'is_proved',
      'result',
      'code',
      'refusal',
      'received_at_ms',
      'uploaded_at_ms',
    ],
    ofUnit: [],
  },
  journeys: {
    alike: [
      'operator',
      'service',
      'service_day',
      'status',
      'ended_at',
      'fare_product',
      'fare_fen',
      'discount_fen',
      'net_fen',
      'debited_fen',
      'due_fen',
      'rules',
      'steps',
      'funding',
      'tariff',
    ],
    ofUnit: [],
  },
  charges: {
    alike: ['revision', 'operator', 'service_day', 'service', 'booked_at_ms', 'kind', 'debited_fen', 'steps', 'tariff'],
    ofUnit: [],
  },
  /** The entries of one booking. */
  entries: {
    alike: ['revision', 'operator', 'service_day', 'account', 'sponsor'],
    ofUnit: ['card_token', 'journey_id'],
  },
} as const satisfies Readonly<Record<string, Common>>;

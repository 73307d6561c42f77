/** Why a person cannot be erased now. */
export type ErasureRefusal = 'member-unknown' | 'member-not-left' | 'member-in-debt' | 'card-order-open';

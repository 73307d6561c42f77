import type { ClaimRefusal } from './claim-refusal.js';
import type { ClaimView } from './claim-view.js';

export interface ClaimRequest {
  readonly offer: string;
  readonly member: string;
  readonly item?: string | undefined;
  /** Who asks for it. */
  readonly by: string;
}

export type ClaimAnswer =
  | { readonly result: 'created' | 'exists'; readonly claim: ClaimView }
  | { readonly result: 'refused'; readonly refusal: ClaimRefusal }
  | { readonly result: 'offer-unknown' | 'member-unknown' };

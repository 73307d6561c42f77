import type { ApplicationState } from '../card-file.js';
import { encodeCardVerificationResults, type VerificationResult } from './card-verification-results.js';
import type { Counters, RiskParameters } from './counters.js';
import type { CryptogramType } from './cryptogram-type.js';
import { type Fund, selectFund } from './funds.js';
import type { TerminalRequest } from './terminal-request.js';

/** Why the card decided as it did. */
export type DecisionReason =
  | 'approved'
  | 'no-common-path'
  | 'no-common-verification'
  | 'contact-preferred'
  | 'application-blocked'
  | 'other-currency'
  | 'new-card'
  | 'pin-tries-exceeded'
  | 'terminal-wants-online'
  | 'online-pin'
  | 'limits-exceeded'
  | 'no-offline-funds'
  | 'prepaid';

export type Decision =
  /** Status word 6985, no data (JR/T 0025.12-2013 7.7.16). */
  | { readonly kind: 'refused'; readonly reason: DecisionReason }
  | {
      readonly kind: CryptogramType;
      readonly reason: DecisionReason;
      /** 4 bytes with their length byte 03. */
      readonly cardVerificationResults: Uint8Array;
      readonly onlinePinRequired: boolean;
      readonly signatureRequired: boolean;
      /** After the transaction; the same as before unless the card pays. */
      readonly counters: Counters;
      /** 9F5D; only where it belongs into the answer. Fen. */
      readonly availableOfflineAmount?: number;
    };

/** A card without a fund of its own has nothing available (JR/T 0025.12-2013 7.7.5). */
const nothingAvailable = () => 0;

/**
 * The card's decision in qPBOC (JR/T 0025.12-2013 7.7.1 to 7.7.17), a function of what was personalized, of the state
 * before the transaction and of what the terminal said.
 */
export function decide(parameters: RiskParameters, state: ApplicationState, request: TerminalRequest): Decision {
  return new Deciding(parameters, state, request).decide();
}

class Deciding {
  readonly #matchingCurrency: boolean;
  readonly #fund: Fund | undefined;
  #signatureRequired = false;
  #onlinePinRequired = false;
  readonly #results = new Set<VerificationResult>();

  constructor(
    private readonly parameters: RiskParameters,
    private readonly state: ApplicationState,
    private readonly request: TerminalRequest,
  ) {
    this.#matchingCurrency = request.currency === parameters.currency;
    this.#fund = selectFund(parameters);
  }

  decide(): Decision {
    const { processes } = this.parameters;
    if (!this.request.qualifiers.qpboc) return { kind: 'refused', reason: 'no-common-path' };
    // Selection has told of it by 6283; a terminal that goes on all the same gets nothing (JR/T 0025.5-2013 17.5).
    if (this.state.blocked !== undefined) return this.#decline('application-blocked');
    if (!this.#matchingCurrency && processes.has('other-currency-forbidden')) return this.#decline('other-currency');
    return this.request.qualifiers.offlineOnly ? this.#decideOfflineOnly() : this.#decideOnlineCapable();
  }

  /** JR/T 0025.12-2013 7.7.2: neither the wish for an online cryptogram nor 9F68 1.5 counts here. */
  #decideOfflineOnly(): Decision {
    const { processes } = this.parameters;
    if (this.#isNewCard && processes.has('new-card-declined-offline')) return this.#decline('new-card');
    if (this.state.pinTriesLeft === 0 && processes.has('pin-tries-check')) {
      return this.#decline('pin-tries-exceeded', 'pinTriesExceeded');
    }
    if (this.#verificationWanted) {
      if (!this.#signatureIsCommon) return { kind: 'refused', reason: 'no-common-verification' };
      this.#signatureRequired = true;
    }
    // The text leaves open what 9F68 1.3 = 0 means here; cards in the field decline.
    if (!this.#matchingCurrency && !processes.has('offline-in-other-currency')) return this.#decline('other-currency');
    return this.#spend((reason, result) => this.#decline(reason, result), 'exceededOffline');
  }

  /** JR/T 0025.12-2013 7.7.3 (verification), 7.7.4 (wishes to go online), in this order. */
  #decideOnlineCapable(): Decision {
    const { processes } = this.parameters;
    const { qualifiers } = this.request;
    if (this.#verificationWanted) {
      const pin = this.#matchingCurrency ? 'online-pin' : 'online-pin-in-other-currency';
      if (qualifiers.onlinePin && processes.has(pin)) {
        this.#onlinePinRequired = true;
        return this.#goOnline('online-pin');
      }
      if (!this.#signatureIsCommon) return { kind: 'refused', reason: 'no-common-verification' };
      this.#signatureRequired = true;
    }
    if (qualifiers.onlineCryptogramRequired) return this.#goOnline('terminal-wants-online');
    if (!this.#matchingCurrency && !processes.has('offline-in-other-currency')) return this.#goOnline('other-currency');
    if (this.#isNewCard && processes.has('new-card-check')) return this.#goOnline('new-card', 'newCard');
    if (this.state.pinTriesLeft === 0 && processes.has('pin-tries-check')) {
      return this.#goOnline('pin-tries-exceeded', 'pinTriesExceeded');
    }
    return this.#spend((reason, result) => this.#goOnline(reason, result), 'exceededOnline');
  }

  get #isNewCard(): boolean {
    return this.state.lastOnlineApplicationTransactionCounter === 0;
  }

  get #verificationWanted(): boolean {
    if (this.request.qualifiers.cardholderVerificationRequired) return true;
    return this.#matchingCurrency
      ? this.request.amount > this.parameters.verificationLimit
      : this.parameters.processes.has('verification-in-other-currency');
  }

  get #signatureIsCommon(): boolean {
    return this.request.qualifiers.signature && this.parameters.processes.has('signature');
  }

  /** JR/T 0025.12-2013 7.7.5 to 7.7.14. */
  #spend(
    refuse: (reason: DecisionReason, result?: VerificationResult) => Decision,
    exceeded: 'exceededOffline' | 'exceededOnline',
  ): Decision {
    const { parameters, state, request } = this;
    if (!this.#matchingCurrency) {
      if (state.foreignCurrencyTransactions >= parameters.foreignCurrencyLimit) {
        return refuse('limits-exceeded', 'countersExceeded');
      }
      return this.#answer('TC', 'approved', {
        ...this.#unchanged,
        foreignCurrencyTransactions: state.foreignCurrencyTransactions + 1,
      });
    }
    if (this.#fund === undefined) return refuse('no-offline-funds');
    if (this.#fund[exceeded](request.amount, state, parameters)) return refuse('limits-exceeded', 'countersExceeded');
    return this.#answer('TC', 'approved', this.#fund.debit(request.amount, this.#unchanged));
  }

  get #unchanged(): Counters {
    const { balance, cumulativeOfflineAmount, foreignCurrencyTransactions } = this.state;
    return { balance, cumulativeOfflineAmount, foreignCurrencyTransactions };
  }

  #decline(reason: DecisionReason, result?: VerificationResult): Decision {
    if (result !== undefined) this.#results.add(result);
    return this.#answer('AAC', reason, this.#unchanged);
  }

  /** JR/T 0025.12-2013 7.7.15. */
  #goOnline(reason: DecisionReason, result?: VerificationResult): Decision {
    if (result !== undefined) this.#results.add(result);
    const { processes } = this.parameters;
    if (processes.has('contact-preferred-for-online') && this.request.qualifiers.contactDebitCredit) {
      return { kind: 'refused', reason: 'contact-preferred' };
    }
    if (processes.has('prepaid')) return this.#payAndGoOnline(reason);
    return this.#answer('ARQC', reason, this.#unchanged);
  }

  /**
   * JR/T 0025.12-2013 7.7.15: a prepaid card pays before it asks, and nothing is given back when the issuer declines. The
   * text leaves out amounts of another currency, which are not the purse's to pay.
   */
  #payAndGoOnline(reason: DecisionReason): Decision {
    const { amount } = this.request;
    const cumulative = this.#fund?.process === 'low-value-and-cumulative';
    const exceeded =
      amount > this.state.balance ||
      (cumulative && this.state.cumulativeOfflineAmount + amount > this.parameters.cumulativeLimit);
    if (amount === 0) return this.#answer('AAC', 'prepaid', this.#unchanged);
    const pays = this.#matchingCurrency && this.#fund?.process !== 'low-value-or-cumulative';
    if (this.#fund === undefined || !pays) {
      return this.#answer('ARQC', reason, this.#unchanged);
    }
    if (exceeded) return this.#answer('AAC', 'prepaid', this.#unchanged);
    return this.#answer('ARQC', reason, this.#fund.debit(amount, this.#unchanged));
  }

  #answer(kind: CryptogramType, reason: DecisionReason, counters: Counters): Decision {
    const available = (this.#fund?.available ?? nothingAvailable)(counters, this.parameters);
    // An approval or request in another currency has nothing to do with what is left of one's own (7.7.13, 7.7.15).
    const returned = this.parameters.returnsAvailableOfflineAmount && (kind === 'AAC' || this.#matchingCurrency);
    return {
      kind,
      reason,
      cardVerificationResults: encodeCardVerificationResults({ first: kind, results: this.#results }),
      onlinePinRequired: this.#onlinePinRequired,
      signatureRequired: this.#signatureRequired,
      counters,
      ...(returned ? { availableOfflineAmount: available } : {}),
    };
  }
}

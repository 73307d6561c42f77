import { outcomeReasons, toHex } from '../../../emv/index.js';
import type { TapExchange } from '../../terminal/index.js';
import type { Colours } from '../colours.js';
import { printReceipt } from '../receipt/print-receipt.js';
import type { Delivery } from './deliver.js';
import { printResult } from './print-result.js';
import { printLastExchange } from './print-trace.js';
import type { KeptTap } from './run-tap.js';

interface PrinterOptions {
  readonly trace?: boolean;
  readonly json?: boolean;
  readonly lang: 'en' | 'zh';
  readonly showPan?: boolean;
}

/** Tells a tap as it happens, for people, or once at its end as JSON. */
export class TapPrinter {
  readonly #exchanges: TapExchange[] = [];

  constructor(
    private readonly options: PrinterOptions,
    private readonly colours: Colours,
  ) {}

  exchange(exchange: TapExchange): void {
    if (!this.options.trace || this.options.json) return;
    this.#exchanges.push(exchange);
    const { lang: language, showPan = false } = this.options;
    for (const line of printLastExchange(this.#exchanges, this.colours, { language, showPan })) console.log(line);
  }

  retrying = (reason: string, delayMs: number): void => {
    process.stderr.write(`gateway: ${reason}; again in ${(delayMs / 1000).toFixed(1)} s\n`);
  };

  /** The decision, before the gateway is asked. */
  decided({ record, result }: KeptTap): void {
    if (this.options.json) return;
    for (const line of printResult(result, result.amountFen, this.colours, this.options.lang)) console.log(line);
    if (record === undefined) return;
    const { operator, terminal, sequence, service, event } = record;
    console.log(`  tap ${operator} / ${terminal} / ${sequence}, ${service} ${event}`);
  }

  finish(kept: KeptTap, delivery: Delivery | undefined): void {
    if (this.options.json) console.log(JSON.stringify(asJson(kept, delivery), undefined, 2));
    else if (delivery?.tap !== undefined) {
      for (const line of printReceipt(delivery.tap, this.colours, this.options.lang)) console.log(line);
    }
  }
}

function asJson({ record, result }: KeptTap, delivery: Delivery | undefined) {
  const { transaction, trace, tapRecord: _, terminalInput: __, ...told } = result;
  const authentication = transaction.offlineDataAuthentication;
  return {
    ...told,
    meaning: (outcomeReasons as Readonly<Record<string, { meaning: string }>>)[result.reason]?.meaning,
    terminalVerificationResults: toHex(transaction.terminalVerificationResults),
    transactionStatusInformation: toHex(transaction.transactionStatusInformation),
    cardholderVerification: transaction.cardholderVerification,
    ...(authentication && {
      offlineDataAuthentication: {
        ok: authentication.ok,
        ...(authentication.ok ? {} : { reason: authentication.reason, step: authentication.step }),
      },
    }),
    record,
    ...(delivery && { gateway: { ...delivery.answer, tap: delivery.tap, error: errorOf(delivery) } }),
    trace: trace.map(({ command, response, ...exchange }) => ({
      ...exchange,
      command: toHex(command),
      ...(response && { response: toHex(response) }),
    })),
  };
}

const errorOf = ({ failure }: Delivery) => failure && { code: failure.code, message: failure.message };

/** Work that is done again and again, by one process of all that share the books. */
export interface Job {
  /** Stable: it names the job in the books, in metrics and in the log. */
  readonly name: string;
  /** From the beginning of one run to that of the next. */
  readonly everySeconds: number;
  /**
   * One run; `signal` ends it when the gateway stops. What it throws is logged and counted, and the next run comes all
   * the same. Another process may do it again where this one dies halfway, so it must do no harm twice.
   */
  run(signal: AbortSignal): Promise<void>;
}

/** What a span may say of itself: operations, counts and codes, nothing that came from a card or of a person. */
export type SpanAttributes = Readonly<Record<string, string | number | boolean>>;

/** A place in somebody's trace (W3C Trace Context): both in lower-case hex. */
export interface TraceParent {
  readonly traceId: string;
  readonly spanId: string;
  readonly isSampled: boolean;
}

/** A span that is under way. */
export interface OpenSpan {
  set(attributes: SpanAttributes): void;
  end(isFailed?: boolean): void;
  /** Does work as part of this span. */
  inside<Result>(work: () => Result): Result;
}

/** Traces what the gateway does; without a collector it costs one call of a function. */
export interface Telemetry {
  /** Does work as a span below the one it stands in. A throw is a failure, told without its text. */
  span<Result>(name: string, attributes: SpanAttributes, work: () => Promise<Result>): Promise<Result>;
  /** Tells of work that has been done elsewhere, below the span it stands in; in milliseconds since 1970. */
  past(name: string, attributes: SpanAttributes, fromMs: number, toMs: number): void;
  /** Begins a span of a request, below the place in a trace that the request names. */
  begin(name: string, parent: TraceParent | undefined): OpenSpan | undefined;
  /** Sends what is left, as far as the collector takes it in time. */
  close(): Promise<void>;
}

export const noTelemetry: Telemetry = {
  span: (_name, _attributes, work) => work(),
  past: () => {},
  begin: () => undefined,
  close: async () => {},
};

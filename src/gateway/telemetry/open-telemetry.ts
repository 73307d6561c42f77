import type { Context } from '@opentelemetry/api';
import type { Logger } from 'pino';
import { noTelemetry, type OpenSpan, type SpanAttributes, type Telemetry } from './telemetry.js';

export interface TelemetryOptions {
  /** Where traces go: the base URL of an OTLP/HTTP collector, as in `OTEL_EXPORTER_OTLP_ENDPOINT`. */
  readonly endpoint?: string | undefined;
  /** The part of new traces that is kept, 0 to 1; a caller's own decision goes before it. Default 1. */
  readonly sampleRatio?: number | undefined;
  readonly serviceName?: string | undefined;
  readonly version: string;
  readonly logger: Pick<Logger, 'warn'>;
}

const PATH = 'v1/traces';
const TIMEOUT_MS = 3000;

const urlOf = (endpoint: string): string => new URL(PATH, endpoint.endsWith('/') ? endpoint : `${endpoint}/`).href;

/**
 * Traces by OpenTelemetry to an OTLP/HTTP collector (JSON), if there is one. The packages are loaded only then. A
 * collector that does not answer loses spans and holds up nothing.
 */
export async function openTelemetry(options: TelemetryOptions): Promise<Telemetry> {
  const { endpoint, sampleRatio = 1, serviceName = 'yongtap-gateway', version } = options;
  if (endpoint === undefined || endpoint === '') return noTelemetry;
  const [api, sdk, { OTLPTraceExporter }, { resourceFromAttributes }] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/sdk-trace'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
  ]);
  const { AsyncLocalStorage } = await import('node:async_hooks');
  const exporter = new OTLPTraceExporter({ url: urlOf(endpoint), timeoutMillis: TIMEOUT_MS });
  const provider = new sdk.TracerProvider({
    resource: resourceFromAttributes({ 'service.name': serviceName, 'service.version': version }),
    sampler: new sdk.ParentBasedSampler({ root: new sdk.TraceIdRatioBasedSampler(sampleRatio) }),
    spanProcessors: [new sdk.BatchSpanProcessor({ exporter, exportTimeoutMillis: TIMEOUT_MS })],
  });
  const tracer = provider.getTracer('yongtap', version);
  const contexts = new AsyncLocalStorage<Context>();
  const here = () => contexts.getStore() ?? api.ROOT_CONTEXT;

  function open(name: string, kind: number, attributes: SpanAttributes, parent: Context): OpenSpan {
    const span = tracer.startSpan(name, { kind, attributes }, parent);
    const context = api.trace.setSpan(parent, span);
    return {
      set: (more) => void span.setAttributes(more),
      end(isFailed = false) {
        if (isFailed) span.setStatus({ code: api.SpanStatusCode.ERROR });
        span.end();
      },
      inside: (work) => contexts.run(context, work),
    };
  }

  return {
    async span(name, attributes, work) {
      const span = open(name, api.SpanKind.INTERNAL, attributes, here());
      try {
        const result = await span.inside(work);
        span.end();
        return result;
      } catch (error) {
        span.end(true);
        throw error;
      }
    },
    past(name, attributes, startTime, endTime) {
      tracer.startSpan(name, { kind: api.SpanKind.INTERNAL, attributes, startTime }, here()).end(endTime);
    },
    begin(name, parent) {
      const context =
        parent === undefined
          ? api.ROOT_CONTEXT
          : api.trace.setSpanContext(api.ROOT_CONTEXT, {
              traceId: parent.traceId,
              spanId: parent.spanId,
              traceFlags: parent.isSampled ? api.TraceFlags.SAMPLED : api.TraceFlags.NONE,
              isRemote: true,
            });
      return open(name, api.SpanKind.SERVER, {}, context);
    },
    async close() {
      await provider.shutdown().catch(() => {});
    },
  };
}

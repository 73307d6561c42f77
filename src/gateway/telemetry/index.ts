export { openTelemetry, type TelemetryOptions } from './open-telemetry.js';
export { readTraceParent } from './read-trace-parent.js';
export { noTelemetry, type OpenSpan, type Telemetry } from './telemetry.js';

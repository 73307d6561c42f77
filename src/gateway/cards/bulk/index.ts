export { findOrder } from './find-order.js';
export { fromCells } from './from-cells.js';
export { orderInReach } from './order-in-reach.js';
export { default as stepColumns } from './step-columns.json';
export { type BulkDone, type BulkOutcome, type BulkRow, takeInBulk } from './take-in-bulk.js';

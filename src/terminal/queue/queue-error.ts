export type QueueErrorCode =
  /** Another process, or this one a second time, has the folder open. */
  | 'queue-in-use'
  /** The key is not 32 bytes long. */
  | 'key-invalid'
  /** The folder was written with another key; nothing was changed. */
  | 'wrong-key'
  /** The folder, or the tap handed in, belongs to another operator or terminal. */
  | 'other-terminal'
  /** The queue's own limit is reached: upload first. */
  | 'queue-full'
  /** The disk is full; nothing of the tap was kept. */
  | 'disk-full'
  /** The disk refused to write or to sync. The queue takes nothing more until it is opened again. */
  | 'write-failed'
  /** A tap record beyond the size limit of one frame. */
  | 'tap-too-large'
  | 'queue-closed';

/** A failure of the terminal's store, never of the card or the gateway. */
export class QueueError extends Error {
  override readonly name = 'QueueError';
  constructor(
    readonly code: QueueErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The file system's own error as the queue's; a {@link QueueError} stays what it is. */
export function toQueueError(cause: unknown): QueueError {
  if (cause instanceof QueueError) return cause;
  const { code } = cause as { code?: unknown };
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'SQLITE_FULL') {
    return new QueueError('disk-full', 'the disk is full; nothing was kept', { cause });
  }
  return new QueueError('write-failed', `the disk did not do what was asked of it (${code ?? cause})`, { cause });
}

/** The error of the system with the path that was asked for: a failed write knows none. */
export function namePath(error: unknown, path: string): unknown {
  if (!(error instanceof Error && 'code' in error)) return error;
  const message = error.message.includes(`'${path}'`) ? error.message : `${error.message} '${path}'`;
  return Object.assign(error, { message, path });
}

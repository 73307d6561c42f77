/** One command that a host is asked to do. */
export interface CommandRequest {
  readonly options: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly input: string;
}

/** What it has answered. */
export interface CommandReply {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export type ProfileErrorCode = 'profile-unknown' | 'profile-not-yaml' | 'profile-invalid';

/** A profile that cannot be used. `line` and `column` count from 1, `path` leads to the field (`applications.0.pan`). */
export class ProfileError extends Error {
  override readonly name = 'ProfileError';
  readonly line?: number;
  readonly column?: number;
  readonly path?: string;

  constructor(
    readonly code: ProfileErrorCode,
    message: string,
    place: { readonly line?: number; readonly column?: number; readonly path?: string } = {},
  ) {
    super(message);
    if (place.line !== undefined) this.line = place.line;
    if (place.column !== undefined) this.column = place.column;
    if (place.path !== undefined) this.path = place.path;
  }
}

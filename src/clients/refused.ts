/** A token that is not taken, and why: for the log alone, since the caller is told nothing. */

/** What is known of the caller when it is refused; `iss` and `jti` only once the signature was right. */
export interface KnownCaller {
  readonly client?: string;
  readonly iss?: string;
  readonly jti?: string;
}

export class RefusedError extends Error {
  constructor(
    readonly reason: string,
    readonly known: KnownCaller = {},
  ) {
    super(reason);
    this.name = 'RefusedError';
  }
}

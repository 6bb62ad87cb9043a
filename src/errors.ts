/** The one error class of the service: a closed code, a message and a hint, all three safe to show to the caller. */

/** Every way a call can fail; `http/` maps each to a status (docs/architecture.md, "What a call meets before it is believed"). */
export type ServiceErrorCode =
  | 'invalid-request'
  | 'unauthorized'
  | 'unknown-service'
  | 'method-not-allowed'
  | 'too-large'
  | 'unsupported-media-type'
  | 'missing-data'
  | 'too-many-calls'
  | 'too-many-headers'
  | 'unavailable'
  | 'not-found'
  | 'internal';

/** A fault of a request, told to its caller. Never carries input text, paths of the machine or a stack. */
export class ServiceError extends Error {
  /**
   * @param code one of the closed union
   * @param message what was expected, what came and where
   * @param options.hint what to do next; `expression`: FHIRPath-like path of the faulty field, e.g. `context.patientId`;
   *   `faults`: every faulty field, when there are several
   */
  constructor(
    readonly code: ServiceErrorCode,
    message: string,
    readonly options: {
      readonly hint?: string;
      readonly expression?: string;
      readonly faults?: readonly { readonly message: string; readonly expression: string }[];
    } = {},
  ) {
    super(message);
    this.name = 'ServiceError';
  }
}

/** Errors as OperationOutcome bodies: what was expected and where, never a stack, a path of the machine or the input. */

import type { ErrorRequestHandler, RequestHandler } from 'express';
import type { OperationOutcome, OperationOutcomeIssue } from 'fhir/r4.js';
import { ServiceError, type ServiceErrorCode } from '../errors.js';
import type { Log } from '../log.js';

interface Answer {
  readonly status: number;
  readonly issue: OperationOutcomeIssue['code'];
}

/** CDS Hooks fixes 412 only; the others are ours (docs/architecture.md). */
const answers: Readonly<Record<ServiceErrorCode, Answer>> = {
  'invalid-request': { status: 400, issue: 'invalid' },
  unauthorized: { status: 401, issue: 'security' },
  'unknown-service': { status: 404, issue: 'not-found' },
  'not-found': { status: 404, issue: 'not-found' },
  'method-not-allowed': { status: 405, issue: 'not-supported' },
  'missing-data': { status: 412, issue: 'required' },
  'too-large': { status: 413, issue: 'too-long' },
  'unsupported-media-type': { status: 415, issue: 'not-supported' },
  'too-many-calls': { status: 429, issue: 'throttled' },
  'too-many-headers': { status: 431, issue: 'too-long' },
  unavailable: { status: 503, issue: 'transient' },
  internal: { status: 500, issue: 'exception' },
};

/** The last route: nothing answered. */
export const notFound: RequestHandler = () => {
  throw new ServiceError('not-found', 'There is nothing at this address.', {
    hint: 'GET /cds-services lists the services.',
  });
};

/** A known address, called by another method than it knows. */
export function methodNotAllowed(...allowed: readonly string[]): RequestHandler {
  return (request, response) => {
    response.set('Allow', allowed.join(', '));
    if (request.method === 'OPTIONS' && allowed.includes('OPTIONS')) {
      response.status(204).end();
      return;
    }
    throw new ServiceError('method-not-allowed', `This address takes ${allowed.join(', ')}.`);
  };
}

/** Express's own handler prints the error with the request's body in it; this one is used instead, and last. */
export function answerErrors(log: Log): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    const fault = toServiceError(error);
    if (fault.code === 'internal')
      log.error({ requestId: response.locals.requestId, ...traceOf(error) }, 'failed');
    else
      log.info(
        { requestId: response.locals.requestId, code: fault.code, field: fault.options.expression },
        'refused',
      );
    if (response.headersSent) {
      next(error);
      return;
    }
    response.status(answers[fault.code].status).json(outcomeOf(fault));
  };
}

function toServiceError(error: unknown): ServiceError {
  if (error instanceof ServiceError) return error;
  // The router refuses an address that is no valid percent-encoding; its message repeats the address.
  if (error instanceof URIError) return new ServiceError('invalid-request', 'The address cannot be decoded.');
  return new ServiceError('internal', 'The service failed on this call.', {
    hint: 'Report the X-Request-Id of this answer.',
  });
}

function outcomeOf(fault: ServiceError): OperationOutcome {
  const { hint, expression } = fault.options;
  const faults = fault.options.faults ?? [{ message: fault.message, expression: expression ?? '' }];
  return {
    resourceType: 'OperationOutcome',
    issue: faults.map(({ message, expression: field }) => ({
      severity: 'error',
      code: answers[fault.code].issue,
      diagnostics: hint === undefined ? message : `${message} ${hint}`,
      ...(field !== '' && { expression: [field] }),
    })),
  };
}

/** Kind and place of a failure; not its message, which may repeat patient data. */
function traceOf(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { kind: typeof error };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return { kind: error.name, at: frames.slice(0, 8).map((line) => line.trim()) };
}

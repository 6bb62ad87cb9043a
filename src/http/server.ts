/** The HTTP server: limits against slow and idle clients, and a stop that cuts nobody off in the middle of an answer. */

import type { Express } from 'express';
import { createServer, IncomingMessage, type RequestListener, type Server, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';

export type { Server } from 'node:http';

/** The defaults of Node.js are minutes and no bounds: a few thousand slow clients would hold all of its memory. */
export const serverLimits = {
  /** A token of 8 kB and its company; beyond it Node.js answers 431. */
  maxHeaderSize: 16_384,
  /** Time to send all headers. */
  headersTimeout: 5_000,
  /** Time to send the whole call. 4 MB take 3.2 s at 10 Mbit/s. */
  requestTimeout: 10_000,
  /** How often the two are looked at: a slow client is gone at most this much later. */
  connectionsCheckingInterval: 1_000,
  /** Longer than the 60 s that load balancers keep an idle connection, so that they close it first. */
  keepAliveTimeout: 65_000,
  /** Two readers of a call without Host need not agree on whom it is for. */
  requireHostHeader: true,
  /** Lenient parsing is what request smuggling lives on. */
  insecureHTTPParser: false,
  /** Answers are small and written at once: nothing is gained by waiting for more. */
  noDelay: true,
  /**
   * In bytes, more than the 64 kB that Node.js reads at once: a body that has come with its headers is then taken without
   * the socket being stopped and started again.
   */
  highWaterMark: 128 * 1024,
} as const;

/** Most open connections of one process, some 12 kB each. Who gets one is for the load balancer to share out. */
const maxConnections = 4_096;

/**
 * Silence after which a connection with an open call is cut: longer than the longest ANSWER_MS, and all that ends a
 * client that never reads its answer.
 */
const silentMs = 35_000;

export function createHttpServer(app: Express): Server {
  const server = createServer({ ...serverLimits, ...messagesOf(app) }, app);
  server.maxConnections = maxConnections;
  server.timeout = silentMs;
  server.on('request', noteFirstCall);
  server.on('clientError', refuseUnreadable);
  return server;
}

/**
 * Classes of requests and responses that have the prototypes of the app from the start. Express would put those on each one
 * later, which gives each a hidden class of its own: V8 then finds no property of it where it found the last one's.
 */
function messagesOf(app: Express) {
  class AppRequest extends IncomingMessage {}
  class AppResponse extends ServerResponse {}
  Object.setPrototypeOf(AppRequest.prototype, app.request);
  Object.setPrototypeOf(AppResponse.prototype, app.response);
  Object.assign(app, { request: AppRequest.prototype, response: AppResponse.prototype });
  return { IncomingMessage: AppRequest, ServerResponse: AppResponse };
}

/** How long the sender of an unreadable call has to read the answer. */
const refusedMs = 1_000;

/** Statuses of calls that never become a request. Node.js would answer the same without a body. */
const unreadable: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: '413 Payload Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};

/** The call of a connection that has had no answer yet, while it waits for one. */
const firstCalls = new WeakMap<Duplex, IncomingMessage>();

const noteFirstCall: RequestListener = ({ socket }, response) => {
  if (socket.bytesWritten > 0) return;
  firstCalls.set(socket, response.req);
  // A connection that stays open shall not keep the body of its first call.
  response.once('close', () => firstCalls.delete(socket));
};

/** Sockets that have their answer, and a moment to read it. */
const refused = new WeakSet<Duplex>();

function refuseUnreadable({ code = '' }: NodeJS.ErrnoException, socket: Duplex): void {
  // Each further piece of what cannot be read comes here again: cut now, the sender would lose the answer on its way.
  if (refused.has(socket) && !socket.destroyed) return;
  // Behind an answer that was sent before, another one would be taken for part of it; before one that is still to come,
  // for that one.
  const isUnanswered = socket instanceof Socket && socket.bytesWritten === 0;
  const isBehindCall = firstCalls.get(socket)?.complete === true;
  if (!socket.writable || !isUnanswered || isBehindCall) {
    socket.destroy();
    return;
  }
  refused.add(socket);
  const status = unreadable[code] ?? '400 Bad Request';
  const body = JSON.stringify({
    resourceType: 'OperationOutcome',
    issue: [{ severity: 'error', code: 'structure', diagnostics: `The call could not be read: ${status}.` }],
  });
  socket.end(
    `HTTP/1.1 ${status}\r\nContent-Type: application/json; charset=utf-8\r\nCache-Control: no-store\r\n` +
      `Content-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
  );
  // A client that neither reads nor closes would keep its place among the connections.
  setTimeout(() => socket.destroy(), refusedMs).unref();
}

/** @returns the port that is listened on, which differs from the one asked for when that was 0 */
export function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

export interface StopTimes {
  /** How long calls are still taken, answered with `Connection: close`, for load balancers to notice. */
  readonly noticeMs: number;
  /** After this the connections that are left are cut. */
  readonly cutMs: number;
}

/** Beside ANSWER_MS: a call keeps a process busy for one to three seconds at most. */
const decideMs = 3_000;

/**
 * Together well below the 10 s that supervisors commonly grant, unless a call may wait longer for its FHIR server.
 * @param answerMs ANSWER_MS
 */
export function stopTimes(answerMs: number): StopTimes {
  return { noticeMs: 1_500, cutMs: Math.max(6_000, answerMs + decideMs) };
}

/**
 * The caller has made readiness false before. Idle connections are closed again and again: a client may keep one open for long.
 * @param onCut told before the connections that are left are cut
 */
export async function stopServer(
  server: Server,
  { noticeMs, cutMs }: StopTimes,
  onCut: () => void = () => undefined,
): Promise<void> {
  const closeWhenAnswered: RequestListener = (_request, response) => {
    if (!response.headersSent) response.setHeader('Connection', 'close');
  };
  server.prependListener('request', closeWhenAnswered);
  await wait(noticeMs);
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  const sweep = setInterval(() => server.closeIdleConnections(), 200);
  const cut = setTimeout(() => {
    onCut();
    server.closeAllConnections();
  }, cutMs);
  await closed;
  clearInterval(sweep);
  clearTimeout(cut);
}

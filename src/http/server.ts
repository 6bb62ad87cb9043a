/** The HTTP server: limits against slow and idle clients, and a stop that cuts nobody off in the middle of an answer. */

import { createServer, type RequestListener, type Server } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

/** Most open connections of one process. */
const maxConnections = 4_096;

export function createHttpServer(listener: RequestListener): Server {
  const server = createServer(
    {
      maxHeaderSize: 16_384,
      headersTimeout: 5_000,
      requestTimeout: 10_000,
      connectionsCheckingInterval: 1_000,
      // Longer than the 60 s that load balancers keep an idle connection, so that they close it first.
      keepAliveTimeout: 65_000,
      requireHostHeader: true,
      insecureHTTPParser: false,
      noDelay: true,
    },
    listener,
  );
  server.maxConnections = maxConnections;
  return server;
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

/** Together well below the 10 s that supervisors commonly grant. */
export const stopTimes: StopTimes = { noticeMs: 1_500, cutMs: 6_000 };

/** The caller has made readiness false before. Idle connections are closed again and again: a client may keep one open for long. */
export async function stopServer(server: Server, { noticeMs, cutMs }: StopTimes): Promise<void> {
  const closeWhenAnswered: RequestListener = (_request, response) => {
    if (!response.headersSent) response.setHeader('Connection', 'close');
  };
  server.prependListener('request', closeWhenAnswered);
  await wait(noticeMs);
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  const sweep = setInterval(() => server.closeIdleConnections(), 200);
  const cut = setTimeout(() => server.closeAllConnections(), cutMs);
  await closed;
  clearInterval(sweep);
  clearTimeout(cut);
}

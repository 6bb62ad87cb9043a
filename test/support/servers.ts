/** Servers on free ports of this machine, closed with their connections after the test that opened them. */

import { connect } from 'node:net';
import { afterAll, afterEach } from '@jest/globals';
import { listen, type Server } from '../../src/http/server.js';

export interface Opened {
  readonly port: number;
  readonly url: string;
  readonly close: () => Promise<void>;
}

const opened: Opened[] = [];
const closeAll = async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()));
};
afterEach(closeAll);
afterAll(closeAll);

export async function open(server: Server): Promise<Opened> {
  const port = await listen(server, '127.0.0.1', 0);
  const close = async () => {
    const closed = new Promise<void>((resolve) => {
      server.close(() => resolve());
    });
    server.closeAllConnections();
    await closed;
  };
  const one = { port, url: `http://127.0.0.1:${port}`, close };
  opened.push(one);
  return one;
}

export interface Exchanged {
  readonly text: string;
  /** The connection broke instead of being closed. */
  readonly isBroken: boolean;
}

/** @returns all that the server sends until it closes the connection */
export function exchange(port: number, sent: string): Promise<Exchanged> {
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(sent));
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    socket.once('error', () => undefined);
    socket.once('close', (isBroken) => resolve({ text, isBroken }));
  });
}

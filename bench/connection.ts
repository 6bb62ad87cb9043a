/** A connection as bare as it can be: what is sent are bytes made before, and an answer ends where its Content-Length says. */

import { once } from 'node:events';
import { createConnection } from 'node:net';

export interface Connection {
  /**
   * Sends a whole request, and resolves with the body of its answer; one at a time.
   * @throws Error when the answer is not 200, or the connection breaks
   */
  call(request: Buffer): Promise<Buffer>;
  close(): void;
}

interface Waiting {
  readonly resolve: (body: Buffer) => void;
  readonly reject: (why: Error) => void;
}

export async function connectTo(port: number): Promise<Connection> {
  const socket = createConnection({ port, host: '127.0.0.1', noDelay: true });
  await once(socket, 'connect');
  let waiting: Waiting | undefined;
  let arrived: Buffer = Buffer.alloc(0);
  const fail = (why: Error) => waiting?.reject(why);
  socket.on('data', (chunk: Buffer) => {
    arrived = arrived.length === 0 ? chunk : Buffer.concat([arrived, chunk]);
    try {
      const body = bodyOf(arrived);
      if (body === undefined) return;
      arrived = Buffer.alloc(0);
      waiting?.resolve(body);
    } catch (error) {
      fail(error as Error);
    }
  });
  socket.on('error', fail);
  socket.on('close', () => fail(new Error('the server closed the connection')));
  return {
    call: (request) =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        socket.write(request);
      }),
    close: () => socket.destroy(),
  };
}

/** @returns undefined as long as some of it is missing */
function bodyOf(answer: Buffer): Buffer | undefined {
  const end = answer.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const head = answer.toString('latin1', 0, end);
  const [, length] = /\ncontent-length: (\d+)/i.exec(head) ?? [];
  if (length === undefined) throw new Error(`expected an answer with a Content-Length, got ${head}`);
  const whole = end + 4 + Number(length);
  if (!head.startsWith('HTTP/1.1 200')) {
    throw new Error(`expected 200, got ${head.split('\r\n')[0]}: ${answer.toString('utf8', end + 4, end + 304)}`);
  }
  return answer.length < whole ? undefined : answer.subarray(end + 4, whole);
}

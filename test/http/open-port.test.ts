/** A port that cannot be opened is told by the name of its setting, with what to do. */

import { expect, test } from '@jest/globals';
import { openPort } from '../../src/http/open-port.js';
import { createHttpServer } from '../../src/http/server.js';
import { open } from '../support/servers.js';
import { startedApp } from './support.js';

const server = () => createHttpServer(startedApp().app);

test('one that is taken', async () => {
  const { port } = await open(server());
  await expect(openPort(server(), { host: '127.0.0.1', port })).rejects.toThrow(
    `PORT: expected a free port, but ${port} on 127.0.0.1 is taken (EADDRINUSE); end what has it, or set another port`,
  );
  await expect(openPort(server(), { host: '127.0.0.1', port, names: 'ADMIN_' })).rejects.toThrow(
    `ADMIN_PORT: expected a free port, but ${port} `,
  );
});

test.each([
  ['192.0.2.1', /^HOST: expected an address of this machine, got 192\.0\.2\.1 \(EADDRNOTAVAIL\); set one /],
  [
    'nobody.invalid',
    /^HOST: expected an address .* got nobody\.invalid, which leads nowhere \(E\w+\); set an /,
  ],
])('one of %s, which is not of this machine', async (host, told) => {
  await expect(openPort(server(), { host, port: 0 })).rejects.toThrow(told);
});

test.each([
  ['EACCES', /^PORT: expected a port that this user may open, got 80 \(EACCES\); set one from 1024$/],
  ['EMFILE', /^HOST, PORT: cannot listen on 127\.0\.0\.1, port 80 \(EMFILE\); set others$/],
])('one that the system refuses with %s', async (code, told) => {
  const refusing = server();
  refusing.listen = () => {
    refusing.emit('error', Object.assign(new Error(code), { code }));
    return refusing;
  };
  await expect(openPort(refusing, { host: '127.0.0.1', port: 80 })).rejects.toThrow(told);
});

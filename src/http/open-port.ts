/** Opens the port of a server, or says which setting keeps it from being opened. */

import { listen, type Server } from './server.js';

export interface Place {
  readonly host: string;
  readonly port: number;
  /** What the names of its settings begin with; absent: they are HOST and PORT. */
  readonly names?: 'ADMIN_';
}

/**
 * @returns the port that is listened on
 * @throws Error naming the setting, what was expected and what to do
 */
export async function openPort(server: Server, place: Place): Promise<number> {
  try {
    return await listen(server, place.host, place.port);
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException;
    throw new Error(faultOf(code, place), { cause: error });
  }
}

function faultOf(code: string, { host, port, ...place }: Place): string {
  const [hostName, portName] = ['HOST', 'PORT'].map((name) => `${place.names ?? ''}${name}`);
  if (code === 'EADDRINUSE') {
    return `${portName}: expected a free port, but ${port} on ${host} is taken (${code}); end what has it, or set another port`;
  }
  if (code === 'EACCES') {
    return `${portName}: expected a port that this user may open, got ${port} (${code}); set one from 1024`;
  }
  // The resolver has codes of its own: ENOTFOUND, EAI_AGAIN.
  if (code === 'ENOTFOUND' || code.startsWith('EAI_')) {
    return `${hostName}: expected an address of this machine or a name that leads to one, got ${host}, which leads nowhere (${code}); set an address`;
  }
  if (code === 'EADDRNOTAVAIL') {
    return `${hostName}: expected an address of this machine, got ${host} (${code}); set one of its own, such as 127.0.0.1`;
  }
  return `${hostName}, ${portName}: cannot listen on ${host}, port ${port} (${code}); set others`;
}

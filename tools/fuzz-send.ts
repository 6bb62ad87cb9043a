/** Sends fuzzed calls over connections that are kept open. */

import { Agent, request } from 'node:http';
import type { Answer } from './fuzz-answer.js';

export function caller(port: number): (service: string, body: string) => Promise<Answer> {
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  return (service, body) =>
    new Promise((resolve, reject) => {
      const start = performance.now();
      const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) };
      const path = `/cds-services/rx-distinct-${service}`;
      const call = request({ host: '127.0.0.1', port, path, method: 'POST', headers, agent }, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          text += chunk;
        });
        response.once('end', () => {
          resolve({ status: response.statusCode ?? 0, text, ms: performance.now() - start });
        });
        response.once('error', reject);
      });
      call.once('error', reject);
      call.end(body);
    });
}

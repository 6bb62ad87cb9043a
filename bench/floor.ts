/** The floor: what Express costs that parses a body and answers something fixed of the same size, and nothing else. */

import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import express from 'express';

const file = process.env['FLOOR_ANSWERS'] ?? '';
const answers = new Map(Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>));
const app = express();
app.use(express.json({ limit: '64mb' }));
app.post('/answer/:size', (request, response) => {
  response.json(answers.get(request.params.size));
});
const server = app.listen(0, '127.0.0.1', () => {
  console.log(JSON.stringify({ port: (server.address() as AddressInfo).port, msg: 'ready' }));
});

/**
 * The floor: what Express costs that parses a body and answers something fixed of the same size, and nothing else; on a
 * second path after jose has verified a token.
 */

import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import express, { type RequestHandler } from 'express';
import { importJWK, type JWK, jwtVerify } from 'jose';

const file = process.env['FLOOR_ANSWERS'] ?? '';
const answers = new Map(Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>));
const key = await importJWK(JSON.parse(process.env['FLOOR_KEY'] ?? '') as JWK, 'ES384');
const json = express.json({ limit: '64mb' });
const verified: RequestHandler = async (request, _response, next) => {
  await jwtVerify((request.headers.authorization ?? '').slice('Bearer '.length), key);
  next();
};
const answer: RequestHandler<{ size: string }> = (request, response) => {
  response.json(answers.get(request.params.size));
};
const app = express();
app.post('/answer/:size', json, answer);
app.post('/verified/:size', verified, json, answer);
const server = app.listen(0, '127.0.0.1', () => {
  console.log(JSON.stringify({ port: (server.address() as AddressInfo).port, msg: 'ready' }));
});

/** Middlewares in one layer do what they would do in one each. */

import { expect, test } from '@jest/globals';
import express, { type RequestHandler } from 'express';
import request from 'supertest';
import { oneLayer } from '../../src/http/one-layer.js';

const passing =
  (name: string): RequestHandler =>
  (_request, response, next) => {
    response.append('X-Passed', name);
    next();
  };
const answering: RequestHandler = (_request, response) => {
  response.status(204).end();
};
const failing: RequestHandler = () => {
  throw new RangeError('refused');
};
const last: RequestHandler = (_request, response) => {
  response.json('last');
};
const told: express.ErrorRequestHandler = (error: Error, _request, response, _next) => {
  response.status(418).json(error.name);
};
const answerOf = (...handlers: readonly RequestHandler[]) =>
  request(express().use(oneLayer(...handlers), last, told)).get('/');

test('all of them are passed in their order', async () => {
  const { headers, body } = await answerOf(passing('a'), passing('b'), passing('c'));
  expect([headers['x-passed'], body]).toEqual(['a, b, c', 'last']);
});

test('one that answers is the last', async () => {
  const { headers, status } = await answerOf(passing('a'), answering, passing('c'));
  expect([headers['x-passed'], status]).toEqual(['a', 204]);
});

test('one that throws is told of as any other', async () => {
  const { headers, status, body } = await answerOf(passing('a'), failing, passing('c'));
  expect([headers['x-passed'], status, body]).toEqual(['a', 418, 'RangeError']);
});

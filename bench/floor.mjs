/** The floor: what Express costs that parses a body and answers something fixed of the same size, and nothing else. */

import { readFileSync } from 'node:fs';
import express from 'express';

const answers = new Map(Object.entries(JSON.parse(readFileSync(process.env.FLOOR_ANSWERS, 'utf8'))));
const app = express();
app.use(express.json({ limit: '64mb' }));
app.post('/answer/:size', (request, response) => {
  response.json(answers.get(request.params.size));
});
const server = app.listen(0, '127.0.0.1', () => {
  console.log(JSON.stringify({ port: server.address().port, msg: 'ready' }));
});

// Runs a handler as Lambda's Node.js runtime does: one event after the other, over one connection.
import { Agent, request } from 'node:http';

const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(':');
const INVOCATION = '/2018-06-01/runtime/invocation';

export async function serve(handler) {
  for (;;) {
    const event = await call('GET', `${INVOCATION}/next`);
    const id = event.headers['lambda-runtime-aws-request-id'];
    try {
      await call('POST', `${INVOCATION}/${id}/response`, JSON.stringify(await handler(JSON.parse(event.body))));
    } catch (error) {
      await call('POST', `${INVOCATION}/${id}/error`, JSON.stringify({ errorMessage: String(error.stack) }));
    }
  }
}

function call(method, path, body = '') {
  return new Promise((resolve, reject) => {
    const headers = method === 'POST' ? { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) } : {};
    request({ agent, host, port, method, path, headers }, response => {
      response.setEncoding('utf8');
      let text = '';
      response.on('data', chunk => (text += chunk));
      response.on('end', () => resolve({ headers: response.headers, body: text }));
    })
      .on('error', reject)
      .end(body);
  });
}

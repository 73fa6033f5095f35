// The Lambda runtime API for one function process: it hands out events and receives the responses.
// https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
import { createServer } from 'node:http';

const VERSION = '/2018-06-01/runtime';
const TIMEOUT_MILLIS = 29_000; // of the function in template.yaml
const MAX_MILLIS = 60_000; // on a slow machine

export class RuntimeApi {
  #server = createServer((request, response) => this.#answer(request, response));
  #requests = 0;
  #next; // the open response of a function that waits for an event
  #arrived = signal(); // resolved when the function waits for an event
  #reply; // resolved with the response to the current event

  /** Resolves when SnapStart would take its snapshot. */
  checkpoint = signal();

  async listen() {
    await new Promise(resolve => this.#server.listen(0, '127.0.0.1', resolve));
    return `127.0.0.1:${this.#server.address().port}`;
  }

  close() {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  /** Resolves when the function waits for an event. */
  ready() {
    return this.#inTime(this.#arrived.promise);
  }

  /** Lets a function that was checkpointed continue, as after a restore. */
  restore() {
    this.checkpoint.response.writeHead(200, { 'content-length': 0 }).end();
  }

  /** Sends an event, and returns the function's response with its duration in milliseconds. */
  async invoke(event) {
    await this.ready();
    this.#arrived = signal();
    this.#reply = signal();
    const start = performance.now();
    this.#next
      .writeHead(200, {
        'content-type': 'application/json', // the Java client relies on it
        'content-length': Buffer.byteLength(event),
        'lambda-runtime-aws-request-id': `request-${++this.#requests}`,
        'lambda-runtime-deadline-ms': Date.now() + TIMEOUT_MILLIS,
        'lambda-runtime-invoked-function-arn': 'arn:aws:lambda:us-east-1:000000000000:function:layover',
      })
      .end(event);
    const body = await this.#inTime(this.#reply.promise);
    return { body, millis: this.#reply.at - start };
  }

  /** Makes all waiting calls fail, for example because the process has ended. */
  fail(error) {
    for (const waiting of [this.checkpoint, this.#arrived, this.#reply]) {
      waiting?.reject(error);
    }
  }

  async #inTime(promise) {
    const timer = setTimeout(() => this.fail(new Error('The function did not respond within a minute.')), MAX_MILLIS);
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
    }
  }

  async #answer(request, response) {
    const path = request.url.replace(VERSION, '');
    if (path === '/invocation/next') {
      this.#next = response;
      this.#arrived.resolve();
      return;
    }
    if (path === '/restore/next') {
      this.checkpoint.response = response;
      this.checkpoint.resolve();
      return;
    }
    const chunks = [];
    for await (const chunk of request) {
      chunks.push(chunk);
    }
    const at = performance.now();
    response.writeHead(202, { 'content-type': 'application/json', 'content-length': 2 }).end('{}');
    const body = Buffer.concat(chunks).toString();
    if (path.endsWith('/response')) {
      this.#reply.at = at;
      this.#reply.resolve(body);
    } else {
      this.fail(new Error(`The function reported an error to ${path}: ${body}`));
    }
  }
}

function signal() {
  const signal = {};
  signal.promise = new Promise((resolve, reject) => Object.assign(signal, { resolve, reject }));
  signal.promise.catch(() => {}); // a failure without a waiting call is no error of its own
  return signal;
}

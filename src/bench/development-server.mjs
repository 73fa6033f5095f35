// The development server: the table with sample data, and the issuer of tokens.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { end, start } from './processes.mjs';

const START_MILLIS = 300_000; // with all of the sample data
const POLL_MILLIS = 200;

export class DevelopmentServer {
  #process;

  /** Starts a server, and returns it when its sample data is loaded. */
  static async start({ java, classpath, folder, log, sample = 'some' }) {
    const port = await freePort();
    const command = [
      java, '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-classpath', classpath,
      'dev.layover.local.LayoverDevelopment', 'serve', `port=${port}`, `sample=${sample}`,
    ];
    const server = new DevelopmentServer();
    server.origin = `http://localhost:${port}`;
    server.#process = start(command, { environment: process.env, folder, log });
    [server.flights, server.engine] = await server.#ready(log);
    server.token = await server.#token('traveller-1');
    return server;
  }

  /** Ends the server, and with it the engine. */
  stop() {
    return end(this.#process, 'SIGTERM');
  }

  /** Waits for the server's message, and returns its number of flights and the URL of its DynamoDB engine. */
  async #ready(log) {
    let ended = false;
    this.#process.ended.then(() => (ended = true));
    for (const deadline = Date.now() + START_MILLIS; Date.now() < deadline; ) {
      const output = readFileSync(log, 'utf8');
      const ready = output.match(/Layover is ready[^]* ([\d,]+) flights\n[^]*DynamoDB +(http:\S+),/);
      if (ready) {
        return ready.slice(1);
      }
      if (ended) {
        throw new Error(`The development server has ended:\n${output}`);
      }
      await new Promise(resolve => setTimeout(resolve, POLL_MILLIS));
    }
    throw new Error(`The development server did not start. See ${log}.`);
  }

  async #token(username) {
    const response = await fetch(`${this.origin}/token`, { method: 'POST', body: new URLSearchParams({ username }) });
    return (await response.json()).access_token;
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

// One process of a function, under the runtime API.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { environment } from './contestants.mjs';
import { cpuMillis, end, peakMemory, start } from './processes.mjs';
import { RuntimeApi } from './runtime-api.mjs';

export class FunctionProcess {
  #api = new RuntimeApi();
  #child;

  /** Starts a process; `extra` are further environment variables. */
  static async start(contestant, { folder, server, extra = {}, flags = [] }) {
    const process = new FunctionProcess();
    const address = await process.#api.listen();
    const log = join(folder, `target/bench/${contestant.id}.log`);
    const [program, ...parameters] = contestant.command;
    process.startedAt = performance.now();
    process.#child = start([program, ...flags, ...parameters], {
      environment: { ...environment(folder, server, address), ...contestant.environment, ...extra },
      folder,
      log,
      isFunction: true,
    });
    process.#child.ended.then(() =>
      process.#api.fail(new Error(`${contestant.name} has ended:\n${readFileSync(log, 'utf8').slice(-4000)}`)),
    );
    return process;
  }

  /** Waits until the process asks for its first event; with SnapStart, it is checkpointed and restored before. */
  async ready() {
    await Promise.race([this.#api.ready(), this.#api.checkpoint.promise.then(() => this.#api.restore())]);
    await this.#api.ready();
  }

  invoke(event) {
    return this.#api.invoke(event);
  }

  cpuMillis() {
    return cpuMillis(this.#child);
  }

  peakMemory() {
    return peakMemory(this.#child);
  }

  get pid() {
    return this.#child.pid;
  }

  async stop() {
    await end(this.#child);
    this.#api.close();
  }
}

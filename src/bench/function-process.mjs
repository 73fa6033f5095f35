// One process of a function, under the runtime API.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HANDLER, MEMORY_MB } from './contestants.mjs';
import { cpuMillis, end, peakMemory, start } from './processes.mjs';
import { RuntimeApi } from './runtime-api.mjs';

export class FunctionProcess {
  #api = new RuntimeApi();
  #child;

  /** Starts a process; `extra` are further environment variables. */
  static async start(contestant, { folder, server, extra = {}, flags = [] }) {
    const process = new FunctionProcess();
    const address = await process.#api.listen();
    const work = join(folder, 'target/bench');
    const log = join(work, `${contestant.id}.log`);
    const [program, ...parameters] = contestant.command;
    process.startedAt = performance.now();
    process.#child = start([program, ...flags, ...parameters], {
      environment: { ...environment(folder, server, address), ...contestant.environment, ...extra },
      folder: work,
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

/** The environment variables of a function, as Lambda and template.yaml set them. */
function environment(folder, server, runtimeApi) {
  const javaOptions = readFileSync(join(folder, 'template.yaml'), 'utf8').match(/JAVA_TOOL_OPTIONS: *"?([^"\n]*)/)?.[1];
  return {
    PATH: process.env.PATH,
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    _HANDLER: HANDLER,
    LAMBDA_TASK_ROOT: join(folder, 'target/function'),
    AWS_LAMBDA_RUNTIME_API: runtimeApi,
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_FUNCTION_NAME: 'layover',
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: `${MEMORY_MB}`,
    AWS_LAMBDA_LOG_FORMAT: 'JSON',
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_DYNAMODB: server.engine,
    NODE_ENV: 'production',
    TABLE_NAME: 'layover',
    CURSOR_SECRET: 'a secret of 64 characters, which only this benchmark signs with.',
    ISSUER: server.origin,
    CLIENT_IDS: 'development',
    ROLES_CLAIM: 'cognito:groups',
    SAFELIST: 'known-screens',
    PERSISTED_QUERIES: 'on',
    ...(javaOptions && { JAVA_TOOL_OPTIONS: javaOptions }),
  };
}

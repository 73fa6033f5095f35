// Compares the function with GraphQL servers for Node.js. CONTRIBUTING.md has the command.
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { contestants } from './contestants.mjs';
import { DevelopmentServer } from './development-server.mjs';
import { compareAnswers, measure } from './measure.mjs';
import { pinDriver } from './processes.mjs';
import { events } from './screens.mjs';

const options = Object.fromEntries(process.argv.slice(2).map(option => option.split(/=(.*)/s)));
const folder = resolve(import.meta.dirname, '../..');
const rounds = Number(options.rounds ?? 7);
const requests = Number(options.requests ?? 3000);

mkdirSync(join(folder, 'target/bench'), { recursive: true });
pinDriver();
const build = { java: options.java, classpath: options.classpath, folder };
const server = await DevelopmentServer.start({ ...build, log: join(folder, 'target/bench/server.log') });
const list = await contestants(build);
const setting = { folder, server };
await compareAnswers(list, setting, events(folder, server.token));
const results = [];
for (let round = 0; round < rounds; round++) {
  for (const contestant of list) {
    const result = await measure(contestant, setting, events(folder, server.token), requests);
    results.push({ round, id: contestant.id, ...result });
    console.log(round, contestant.id, JSON.stringify(result, (_, v) => typeof v === 'number' ? Math.round(v * 100) / 100 : v));
  }
}
await server.stop();

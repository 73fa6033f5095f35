// Compares the function with GraphQL servers for Node.js, and writes the report. CONTRIBUTING.md has the command.
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { contestants, packageSize } from './contestants.mjs';
import { DevelopmentServer } from './development-server.mjs';
import { listGrowth, tableGrowth } from './growth.mjs';
import { inside } from './inside.mjs';
import { machine } from './machine.mjs';
import { compareAnswers, measure } from './measure.mjs';
import { pinDriver } from './processes.mjs';
import { coldProfile, warmProfile } from './profile.mjs';
import { writeReport } from './report.mjs';
import { events } from './screens.mjs';

/** Options: java, classpath, rounds, requests; report=FOLDER; smoke=yes for a short test of the benchmark. */
const options = Object.fromEntries(process.argv.slice(2).map(option => option.split(/=(.*)/s)));
const folder = fileURLToPath(new URL('../..', import.meta.url));
const work = join(folder, 'target/bench');
const rounds = Number(options.rounds ?? 7);
const requests = Number(options.requests ?? 3000);
const isSmoke = options.smoke === 'yes';
const build = { java: options.java, classpath: options.classpath, folder };

mkdirSync(work, { recursive: true });
const described = machine(options.java);
pinDriver();
const list = (await contestants(build)).map(contestant => ({ ...contestant, size: packageSize(contestant) }));
const managed = list.find(({ id }) => id === 'managed');
const server = await DevelopmentServer.start({ ...build, log: join(work, 'server.log') });
const setting = { folder, server };
const screens = () => events(folder, server.token);

await compareAnswers(list, setting, screens());
console.log(`All answers are equal: ${list.map(({ name }) => name).join('; ')}.`);

const results = [];
for (let round = 0; round < rounds; round++) {
  for (const contestant of rotated(list, round)) {
    results.push({ round, id: contestant.id, ...(await measure(contestant, setting, screens(), requests)) });
    console.log(`Round ${round + 1} of ${rounds}: ${contestant.name}, cold ${Math.round(results.at(-1).cold)} ms.`);
  }
}

const data = { machine: described, rounds, requests, contestants: list, results };
data.listGrowth = await listGrowth(managed, setting, requests);
data.warmProfile = await warmProfile(managed, setting, options.java, screens().Home, requests);
data.coldProfile = await coldProfile(managed, setting, screens().Home);
if (!isSmoke) {
  const large = await DevelopmentServer.start({ ...build, log: join(work, 'large.log'), sample: 'all' });
  data.flights = [server.flights, large.flights];
  data.tableGrowth = await tableGrowth(managed, setting, { folder, server: large }, requests);
  await large.stop();
}
await server.stop();
data.inside = inside(build, isSmoke);
const report = resolve(folder, options.report ?? 'docs');
writeReport(report, data);
console.log(`The report is in ${join(report, 'performance.md')}.`);

/** Another order in each round, so that no contestant always follows the same other. */
function rotated(all, by) {
  const first = by % all.length;
  return [...all.slice(first), ...all.slice(0, first)];
}

// Writes the report: docs/performance.md and its pictures.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { barChart } from './chart.mjs';
import { SCREENS } from './screens.mjs';
import { figures, ratios } from './statistics.mjs';

const PEER = 'apollo';
/** Rows of a long table that are shown one by one; the others are counted together. */
const LARGEST = 8;

const HEAD = `# Performance

The benchmark writes this page. To renew it:

\`\`\`bash
mvn -q package exec:exec@bench -DskipTests -Pcustom-runtime
\`\`\`

It compares the packaged function with Apollo Server and GraphQL Yoga, and takes about half an hour. You need the tools of
[CONTRIBUTING.md](../CONTRIBUTING.md), and on Linux \`taskset\`. \`-Drounds\` (default 7) and \`-Drequests\` (default 3000)
change its length. Close other programs: ratios depend less on the machine than times, but both need quiet.

## How it measures

- Every function runs in a process of its own, started as Lambda starts it for 1,024 MB, under an emulator of the
  [runtime API](https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html). Events are those of an HTTP API.
- All use the same schema, the same screens, and the same table with the sample data in the
  [local DynamoDB engine](local-engine.md). \`Home\` is opened with a token, which each function verifies with the issuer's keys.
- The peers (\`src/bench/peers\`) are bundled and minified by esbuild. They read with \`@aws-sdk/client-dynamodb\`, batch
  like Screenful, and make the same number of calls. They do less: no log line, budget, entity tag or access rules.
- Screenful caches public items in each instance for a short time. So does the contestant "items cached"; compare it
  with Screenful to leave out the effect of this cache.
- Before anything is measured, all contestants answer all screens. The benchmark fails if one answer differs.
- A round starts each contestant once: cold start with \`Home\`, 50 requests of \`Home\`, then the given number of requests
  to warm up, then each screen.
- A figure is the median of the rounds, with the smallest and largest in parentheses. A ratio is between two contestants
  of the same round. CPU is user and system time of all threads of the function.
- On AWS, all of this takes longer, because a function of 1,024 MB gets about 0.6 of a CPU and DynamoDB is further away. Only the
  ratios carry over, and those only roughly.
`;

/** Writes the report into a folder, and its pictures into the folder's `images`. */
export function writeReport(folder, data) {
  mkdirSync(join(folder, 'images'), { recursive: true });
  writeFileSync(join(folder, 'images/cold.svg'), coldChart(data));
  writeFileSync(join(folder, 'images/warm.svg'), warmChart(data));
  const sections = [HEAD, run(data), targets(data), cold(data), restored(data), warm(data), memory(data), growth(data), insideTable(data), profile(data)];
  writeFileSync(join(folder, 'performance.md'), sections.join('\n'));
}

function run({ machine, rounds, requests, contestants }) {
  const missing = contestants.some(({ id }) => id === 'custom')
    ? ''
    : '\nThe custom runtime was not built, so it is missing here. Build it with `-Pcustom-runtime`.\n';
  return `## This run

${table(['', ''], [...machine, ['rounds', `${rounds}`], ['requests to warm up', `${requests}`]])}${missing}`;
}

function targets(data) {
  const { results } = data;
  const of = (id, figure) => ratios(results, id, PEER, figure)?.median;
  const { listGrowth: list, tableGrowth: size } = data;
  const rows = [
    ['cold start, custom runtime, of Apollo Server', 1.0, 0.7, of('custom', r => r.cold)],
    ['cold start, managed runtime, of Apollo Server', 3.0, 2.0, of('managed', r => r.cold)],
    ['first response after a restore, of its own warm p50', 1.5, 1.1, ratios(results, 'snapstart', 'snapstart', r => r.first, r => r.warm.Home.p50)?.median],
    ...['managed', 'custom'].flatMap(id => [
      [`p50 of warm \`Home\`, ${id} runtime, of Apollo Server`, 0.65, 0.4, of(id, r => r.warm.Home.p50)],
      [`CPU of warm \`Home\`, ${id} runtime, of Apollo Server`, 0.55, 0.35, of(id, r => r.warm.Home.cpu)],
      [`CPU of warm \`AirportBoard\`, ${id} runtime, of Apollo Server`, 0.55, 0.35, of(id, r => r.warm.AirportBoard.cpu)],
    ]),
    ['p50 of the first 50 requests, custom runtime, of Apollo Server', 1.0, 0.6, of('custom', r => r.early.p50)],
    ['peak memory after the first response, custom runtime, of Apollo Server', 1.3, 1.0, of('custom', r => r.coldMemory)],
    ['peak memory after all requests, custom runtime, of Apollo Server', 1.3, 1.0, of('custom', r => r.memory)],
    ['zipped package for the managed runtime, MB', 9, 6, data.contestants.find(({ id }) => id === 'managed').size.zipped],
    ['time of a list of 50 flights, of a list of 5', 10, undefined, list.ratio],
    ['time with ten times the flights, of the screen that grows most', 1.1, undefined, size && Math.max(...SCREENS.map(screen => size[screen].ratio))],
  ];
  return `## Targets

${table(
    ['', 'target', 'stretch', 'this run', ''],
    rows.map(([name, must, stretch, value]) => [name, number(must), number(stretch), number(value), verdict(must, stretch, value)]),
  )}`;
}

function verdict(must, stretch, value) {
  if (value === undefined) {
    return 'not measured';
  }
  return value <= (stretch ?? -1) ? 'stretch reached' : value <= must ? 'reached' : 'missed';
}

function cold({ contestants, results }) {
  const rows = contestants
    .filter(({ id }) => id !== 'snapstart')
    .map(({ id, name }) => [
      name,
      range(figures(results, id, r => r.init)),
      range(figures(results, id, r => r.cold)),
      range(ratios(results, id, PEER, r => r.cold)),
      range(figures(results, id, r => r.coldCpu)),
    ]);
  return `## Cold start

From the start of the process to its first request for an event (init), and to the first response of a signed-in \`Home\` (total).

![Cold start](images/cold.svg)

${table(['', 'init, ms', 'total, ms', 'of Apollo Server', 'CPU, ms'], rows)}`;
}

function restored({ results }) {
  const id = 'snapstart';
  const rows = [
    ['before the snapshot (not part of a cold start)', range(figures(results, id, r => r.init))],
    ['first response after the restore', range(figures(results, id, r => r.first))],
    ['p50 of warm `Home`', range(figures(results, id, r => r.warm.Home.p50))],
    ['first response, of warm p50', range(ratios(results, id, id, r => r.first, r => r.warm.Home.p50))],
  ];
  return `## After a restore

With SnapStart, Lambda restores a snapshot that was taken after priming. The emulator plays checkpoint and restore in the same
process, so Lambda's own time to load the snapshot is not included.

${table(['', 'ms'], rows)}`;
}

function warm({ contestants, results }) {
  const phases = [['`Home`, first 50 requests', r => r.early], ...SCREENS.map(screen => [`\`${screen}\`, warm`, r => r.warm[screen]])];
  const tables = phases.map(([title, phase]) => {
    const rows = contestants.map(({ id, name }) => [
      name,
      range(figures(results, id, r => phase(r).p50)),
      range(ratios(results, id, PEER, r => phase(r).p50)),
      range(figures(results, id, r => phase(r).p99)),
      range(figures(results, id, r => phase(r).cpu)),
      range(ratios(results, id, PEER, r => phase(r).cpu)),
    ]);
    return `### ${title}\n\n${table(['', 'p50, ms', 'of Apollo Server', 'p99, ms', 'CPU a request, ms', 'of Apollo Server'], rows)}`;
  });
  return `## Requests

![Warm requests](images/warm.svg)

${tables.join('\n')}`;
}

function memory({ contestants, results }) {
  const rows = contestants.map(({ id, name, size }) => [
    name,
    range(figures(results, id, r => r.coldMemory)),
    range(figures(results, id, r => r.memory)),
    range(ratios(results, id, PEER, r => r.memory)),
    number(size.unpacked),
    number(size.zipped),
  ]);
  return `## Memory and packages

Peak resident memory after the first response and after all requests; the package unpacked and zipped. Lambda allows 250 MB
unpacked.

${table(['', 'first response, MB', 'all requests, MB', 'of Apollo Server', 'unpacked, MB', 'zipped, MB'], rows)}`;
}

function growth({ listGrowth: list, tableGrowth: size, flights }) {
  const row = (name, { few, many, ratio, cpuRatio }) => [name, number(few), number(many), number(ratio), number(cpuRatio)];
  const rows = [
    row('`AirportBoard` with 50 flights instead of 5', list),
    ...(size ? SCREENS.map(screen => row(`\`${screen}\` in a table with ${flights[1]} flights instead of ${flights[0]}`, size[screen])) : []),
  ];
  return `## Growth

${table(['managed runtime', 'p50 before, ms', 'p50 after, ms', 'ratio', 'ratio of CPU'], rows)}`;
}

function insideTable({ inside }) {
  const rows = inside.map(({ name, parameter, micros, error, kilobytes }) => [
    `\`${name}\``,
    parameter,
    `${number(micros)}${Number.isFinite(error) ? ` ± ${number(error)}` : ''}`,
    number(kilobytes),
  ]);
  return `## Inside

JMH, compiled by C1. \`ScreenBenchmark.open\` is a screen from event to response, with the store's responses in memory.
\`CallBenchmark.batchGetItem\` reads eight airports, with the response in memory and from the engine. The error is JMH's 99.9 %
interval.

${table(['', '', 'time, µs', 'allocation, KB'], rows)}`;
}

function profile({ warmProfile, coldProfile }) {
  const samples = warmProfile.reduce((total, [, count]) => total + count, 0);
  const classes = coldProfile.classes.reduce((total, [, count]) => total + count, 0);
  return `## Where the time goes

Managed runtime. Warm \`Home\`: ${samples.toLocaleString('en')} samples of CPU time; time in the JDK counts for the package that called it. "JDK" are
threads without any other code.

${table(['warm `Home`', 'share of CPU'], shortened(warmProfile).map(([name, count]) => [name, percent(count / samples)]))}
The phases of a cold start, by the time at which their first class is loaded (with the log of classes on, so a little slower), and
the ${classes.toLocaleString('en')} classes that are loaded.

${table(['cold start', 'ms'], coldProfile.phases.map(([name, millis]) => [name, number(millis)]))}
${table(['classes', 'loaded'], shortened(coldProfile.classes).map(([name, count]) => [name, count.toLocaleString('en')]))}`;
}

/** The most frequent packages, and the sum of the others. */
function shortened(packages) {
  const others = packages.slice(LARGEST).reduce((total, [, count]) => total + count, 0);
  return others === 0 ? packages : [...packages.slice(0, LARGEST), ['others', others]];
}

function coldChart({ contestants, results }) {
  const rows = contestants
    .filter(({ id }) => id !== 'snapstart')
    .map(({ id, name }) => {
      const total = figures(results, id, r => r.cold);
      const init = figures(results, id, r => r.init).median;
      return { label: name, values: [init, total.median - init], range: total, texts: [`${number(total.median)} ms`] };
    });
  return barChart({ title: 'Cold start: process start to the first response of Home, ms', parts: ['init', 'first request'], rows, isStacked: true });
}

function warmChart({ contestants, results }) {
  const rows = contestants.map(({ id, name }) => {
    const values = SCREENS.map(screen => figures(results, id, r => r.warm[screen].p50).median);
    return { label: name, values, texts: values.map(value => `${number(value)} ms`) };
  });
  return barChart({ title: 'Warm requests: p50, ms', parts: SCREENS, rows, isStacked: false });
}

function table(head, rows) {
  const line = cells => `| ${cells.join(' | ')} |`;
  return `${[line(head), line(head.map((_, index) => (index === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n')}\n`;
}

/** A figure with its range. */
function range(summary) {
  if (summary === undefined) {
    return '–';
  }
  const { median, min, max } = summary;
  return min === max ? number(median) : `${number(median)} (${number(min)} to ${number(max)})`;
}

function number(value) {
  if (value === undefined || !Number.isFinite(value)) {
    return '–';
  }
  return value >= 100 ? Math.round(value).toLocaleString('en') : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

function percent(share) {
  return `${(share * 100).toFixed(1)} %`;
}

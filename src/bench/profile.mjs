// Where the time of the function goes: warm by package, cold by phase.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { FunctionProcess } from './function-process.mjs';

/** Packages by the beginning of their classes' names. Code of the JDK counts for its caller. */
const PACKAGES = [
  [/^dev\.screenful\.(\w+)\./, ([, room]) => `Screenful, ${room}`],
  [/^dev\.screenful\./, () => 'Screenful, start'],
  [/^dev\.layover\./, () => 'Layover'],
  [/^(graphql|org\.dataloader|org\.reactivestreams)\./, () => 'graphql-java'],
  [/^com\.nimbusds\./, () => 'nimbus-jose-jwt'],
  [/^com\.fasterxml\./, () => 'jackson-core'],
  [/^(com\.amazonaws|lambdainternal|software\.amazon)\./, () => "Lambda's client"],
];
const JDK = 'JDK';

/** The class whose loading begins each phase of a cold start. */
const PHASES = [
  ['start of the JVM', null],
  ["Lambda's client", 'com.amazonaws.services.lambda.runtime.api.client.AWSLambda'],
  ['settings, client of DynamoDB', 'dev.layover.LayoverFunction'],
  ['schema', 'dev.screenful.schema.AppSchema'],
  ['screens', 'dev.screenful.screens.KnownScreens'],
  ['execution, gateway', 'dev.screenful.execution.Execution'],
];

/** The share of CPU samples of each package while one screen is opened again and again. */
export async function warmProfile(contestant, setting, java, event, requests) {
  const recording = join(setting.folder, 'target/bench/warm.jfr');
  const tool = name => join(dirname(java), name);
  const process = await FunctionProcess.start(contestant, setting);
  try {
    const send = async count => {
      for (let sent = 0; sent < count; sent++) {
        await process.invoke(event);
      }
    };
    await send(requests);
    const command = (...parameters) => execFileSync(tool('jcmd'), [`${process.pid}`, ...parameters], { stdio: 'pipe' });
    command('JFR.start', 'name=warm', 'settings=none', '+jdk.CPUTimeSample#enabled=true', '+jdk.CPUTimeSample#throttle=5ms');
    await send(requests);
    command('JFR.stop', 'name=warm', `filename=${recording}`);
  } finally {
    await process.stop();
  }
  const print = ['print', '--json', '--events', 'jdk.CPUTimeSample', '--stack-depth', '128', recording];
  const { recording: { events } } = JSON.parse(execFileSync(tool('jfr'), print, { maxBuffer: 2 ** 30 }));
  return counted(events.map(({ values }) => packageOf(values.stackTrace?.frames ?? [])));
}

/** The phases of a cold start in milliseconds, and the classes that it loads by package. */
export async function coldProfile(contestant, setting, event) {
  const log = join(setting.folder, 'target/bench/classes.log');
  const flags = [`-Xlog:class+load:file=${log}:uptime:filecount=0`];
  const process = await FunctionProcess.start(contestant, { ...setting, flags });
  let ready;
  let answered;
  try {
    await process.ready();
    ready = performance.now() - process.startedAt;
    await process.invoke(event);
    answered = performance.now() - process.startedAt;
  } finally {
    await process.stop();
  }
  const loaded = [...readFileSync(log, 'utf8').matchAll(/^\[([\d.]+)s\] (\S+) source:/gm)];
  const starts = new Map(loaded.map(([, seconds, name]) => [name, Number(seconds) * 1000]).reverse()); // the first counts
  const begins = PHASES.map(([name, first]) => [name, first === null ? 0 : starts.get(first)]).filter(([, start]) => start !== undefined);
  begins.push(['first request', ready], ['', answered]);
  return {
    phases: begins.slice(0, -1).map(([name, start], index) => [name, begins[index + 1][1] - start]),
    classes: counted(loaded.map(([, , name]) => packageOf([name]))),
  };
}

function packageOf(frames) {
  for (const frame of frames) {
    const name = typeof frame === 'string' ? frame : frame.method.type.name.replaceAll('/', '.');
    for (const [pattern, title] of PACKAGES) {
      const match = name.match(pattern);
      if (match) {
        return title(match);
      }
    }
  }
  return JDK;
}

/** Names with their number, the most frequent first. */
function counted(names) {
  const counts = new Map();
  names.forEach(name => counts.set(name, (counts.get(name) ?? 0) + 1));
  return [...counts].sort((a, b) => b[1] - a[1]);
}

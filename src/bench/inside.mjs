// The inside of the function, measured by JMH: a screen without the store, and a call to the store.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { onAllCpus } from './processes.mjs';

/** JMH's options for figures, and for a test of the benchmarks. */
const LONG = ['-f', '1', '-wi', '5', '-w', '2s', '-i', '5', '-r', '2s'];
const SHORT = ['-f', '0', '-wi', '0', '-i', '1', '-r', '100ms'];

/** Time and allocation of each benchmark, compiled by C1 as in the managed runtime. */
export function inside({ java, classpath, folder }, isSmoke) {
  const file = join(folder, 'target/bench/jmh.json');
  const [program, ...parameters] = onAllCpus([
    java, '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-classpath', classpath, 'org.openjdk.jmh.Main',
    ...(isSmoke ? SHORT : LONG), '-foe', 'true', '-prof', 'gc', '-rf', 'json', '-rff', file,
  ]);
  const { status, stdout, stderr } = spawnSync(program, parameters, { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (status !== 0) {
    throw new Error(`JMH failed:\n${stdout}\n${stderr}`);
  }
  return JSON.parse(readFileSync(file, 'utf8')).map(({ benchmark, params, primaryMetric, secondaryMetrics }) => ({
    name: `${benchmark.split('.').at(-2)}.${benchmark.split('.').at(-1)}`,
    parameter: Object.values(params).join(' '),
    micros: primaryMetric.score,
    error: primaryMetric.scoreError,
    kilobytes: secondaryMetrics['gc.alloc.rate.norm'].score / 1000,
  }));
}

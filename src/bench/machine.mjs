// The machine of a run, for the report.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpus, loadavg, release, totalmem, type } from 'node:os';
import { pinned } from './processes.mjs';

export function machine(java) {
  const { stderr } = spawnSync(java, ['-version'], { encoding: 'utf8' });
  return [
    ['date', new Date().toISOString().slice(0, 10)],
    ['CPU', `${cpus()[0].model}, ${cpus().length} CPUs`],
    ['memory', `${Math.round(totalmem() / 1024 ** 3)} GB`],
    ['system', `${type()} ${release()}`],
    ['JDK', stderr.split('\n')[1].trim()],
    ['Node.js', execFileSync('node', ['--version'], { encoding: 'utf8' }).trim()],
    ['load before the run', `${loadavg()[0].toFixed(1)} (average of a minute)`],
    ['CPU of the function', pinned ? 'one of its own; the table and the driver use the others' : 'shared with the table and the driver, because taskset is missing'],
  ];
}

// The machine of a run, for the report.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpus, release, totalmem, type } from 'node:os';
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
    ['CPU of the function', pinned ? 'one CPU for the function, the others for the table and the driver' : 'shared with the table and the driver, because taskset is missing'],
  ];
}

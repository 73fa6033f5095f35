// Child processes: pinned to a CPU, with their use of CPU and memory, and ended with the benchmark.
import { execFileSync, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

const CLOCK_TICKS = 100; // a second; fixed in Linux's interface to programs
const running = new Set();

/** Whether the function has a CPU of its own: its processes run on the last one, all others on the rest. */
export const pinned = availableParallelism() > 1 && onPath('taskset');
const FUNCTION_CPU = availableParallelism() - 1;

/** The command on all CPUs, also when this process is pinned. */
export function onAllCpus(command) {
  return pinned ? ['taskset', '-c', `0-${FUNCTION_CPU}`, ...command] : command;
}

/** Starts a process whose output goes to a file. */
export function start(command, { environment, folder, log, isFunction = false }) {
  const output = openSync(log, 'w');
  const [program, ...parameters] = pinned && isFunction ? ['taskset', '-c', `${FUNCTION_CPU}`, ...command] : command;
  const child = spawn(program, parameters, { cwd: folder, env: environment, stdio: ['ignore', output, output] });
  closeSync(output);
  running.add(child);
  child.ended = new Promise(resolve => {
    child.on('error', resolve);
    child.on('exit', resolve);
  }).finally(() => running.delete(child));
  return child;
}

/** Ends a process, and waits until it has ended. */
export async function end(child, name = 'SIGKILL') {
  child.kill(name);
  await child.ended;
}

/** Pins this process, and all that it starts from now on, to the CPUs beside the function's. */
export function pinDriver() {
  if (pinned) {
    execFileSync('taskset', ['-a', '-c', '-p', `0-${FUNCTION_CPU - 1}`, `${process.pid}`], { stdio: 'ignore' });
  }
}

/** CPU milliseconds of all threads of a process; undefined where the system does not tell. */
export function cpuMillis(child) {
  const stat = procFile(child, 'stat');
  if (stat === undefined) {
    return undefined;
  }
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' '); // the name before may contain spaces
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / CLOCK_TICKS;
}

/** The largest resident memory that a process has had, in MB. */
export function peakMemory(child) {
  const [, kilobytes] = procFile(child, 'status')?.match(/VmHWM:\s+(\d+)/) ?? [];
  return kilobytes && Number(kilobytes) / 1024;
}

function procFile(child, name) {
  const file = `/proc/${child.pid}/${name}`;
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

function onPath(program) {
  return (process.env.PATH ?? '').split(':').some(folder => existsSync(`${folder}/${program}`));
}

process.on('exit', () => running.forEach(child => child.kill('SIGKILL')));
for (const name of ['SIGINT', 'SIGTERM']) {
  process.on(name, () => process.exit(1));
}

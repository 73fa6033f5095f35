// The functions that are compared: how each is started, and what would be deployed.
import { build } from 'esbuild';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { arch } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { deflateRawSync } from 'node:zlib';

export const HANDLER = 'dev.layover.LayoverFunction';
export const MEMORY_MB = 1024; // as in template.yaml

/** Heap, metaspace and code cache are 85, 10 and 5 % of the function's memory, as the managed runtimes set them. */
const JAVA_MEMORY = [
  `-XX:InitialHeapSize=${MEMORY_MB / 64}m`, // the JVM's default for this much memory
  `-XX:MaxHeapSize=${Math.round(MEMORY_MB * 1024 * 0.85)}k`,
  `-XX:MaxMetaspaceSize=${Math.round(MEMORY_MB * 1024 * 0.1)}k`,
  `-XX:ReservedCodeCacheSize=${Math.round(MEMORY_MB * 1024 * 0.05)}k`,
];

/** The managed runtime stops at C1 by itself; with SnapStart, template.yaml sets it. */
const C1 = '-XX:TieredStopAtLevel=1';

/** Makes CRaC find its implementation in Lambda's client. */
const CRAC = '-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac';

/** The flags of the managed Node.js runtimes, without --max-semi-space-size, which takes 70 MB and saves no CPU time here. */
const NODE_FLAGS = [
  '--expose-gc',
  '--max-http-header-size=81920',
  `--max-old-space-size=${MEMORY_MB - Math.floor(MEMORY_MB / 10)}`,
];

/** The system property with the path of the native part of Lambda's client. */
const NATIVE_CLIENT = 'com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI';

/** All contestants that were built. The others are compared with the first one. */
export async function contestants(build) {
  const [apollo, yoga] = [await nodeFunction('apollo', build), await nodeFunction('yoga', build)];
  const managed = managedFunction(build);
  const c2 = { ...managed, command: managed.command.map(part => (part === C1 ? '-XX:TieredStopAtLevel=4' : part)) };
  const custom = join(build.folder, 'target/custom-runtime');
  return [
    { id: 'apollo', name: 'Apollo Server', ...apollo },
    { id: 'yoga', name: 'GraphQL Yoga', ...yoga },
    { id: 'apollo-cached', name: 'Apollo Server, items cached', ...apollo, environment: { ITEM_CACHE: 'on' } },
    { id: 'managed', name: 'Screenful, managed runtime', ...managed },
    { id: 'c2', name: 'Screenful, managed runtime, C2', ...c2 },
    { id: 'snapstart', name: 'Screenful, SnapStart', ...managed, environment: { AWS_LAMBDA_INITIALIZATION_TYPE: 'snap-start' } },
    {
      id: 'custom',
      name: 'Screenful, custom runtime',
      command: [join(custom, 'bootstrap')],
      environment: { LAMBDA_TASK_ROOT: custom },
      package: custom,
    },
  ].filter(({ id, command }) => id !== 'custom' || existsSync(command[0]));
}

/** The size of a package in MB: unpacked, and compressed as in a zip archive. */
export function packageSize({ package: path }) {
  let unpacked = 0;
  let zipped = 0;
  for (const file of files(path)) {
    const bytes = readFileSync(file);
    unpacked += bytes.length;
    zipped += deflateRawSync(bytes).length;
  }
  return { unpacked: unpacked / 1e6, zipped: zipped / 1e6 };
}

function files(path) {
  return statSync(path).isDirectory() ? readdirSync(path).flatMap(name => files(join(path, name))) : [path];
}

/** The function in Lambda's managed Java runtime, which adds its client to the class path. */
function managedFunction({ java, classpath, folder }) {
  const task = join(folder, 'target/function');
  if (!existsSync(task)) {
    throw new Error(`${task} does not exist. Run mvn package first.`);
  }
  const client = classpath.split(delimiter).filter(path => /aws-lambda-java-(runtime-interface-client|serialization)|\butils-lite\b/.test(path));
  const command = [
    java, C1, '-XX:+UseSerialGC', '-Xshare:auto', CRAC, ...JAVA_MEMORY, `-D${NATIVE_CLIENT}=${nativeClient(java, client, folder)}`,
    '-classpath', [task, join(task, 'lib/*'), ...client].join(delimiter),
    'com.amazonaws.services.lambda.runtime.api.client.AWSLambda', HANDLER,
  ];
  return { command, package: task };
}

/** Unpacks the native part of Lambda's client. By default, all processes would overwrite the same file in /tmp. */
function nativeClient(java, client, folder) {
  const work = join(folder, 'target/bench');
  const library = `jni/libaws-lambda-jni.linux-${arch() === 'arm64' ? 'aarch_64' : 'x86_64'}.so`;
  const jar = client.find(path => path.includes('runtime-interface-client'));
  execFileSync(join(dirname(java), 'jar'), ['--extract', '--file', jar, library], { cwd: work });
  return join(work, library);
}

/** A peer in Lambda's managed Node.js runtime, bundled and minified to one file. */
async function nodeFunction(name, { folder }) {
  const outfile = join(folder, `target/bench/${name}/index.cjs`);
  await build({
    entryPoints: [join(folder, `src/bench/peers/${name}.mjs`)],
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    mainFields: ['module', 'main'],
    loader: { '.graphqls': 'text' },
    logLevel: 'warning',
  });
  return { command: ['node', ...NODE_FLAGS, outfile], package: outfile };
}

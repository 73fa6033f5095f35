// The functions that are compared: how each is started, and what would be deployed.
import { build } from 'esbuild';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { deflateRawSync } from 'node:zlib';

const MEMORY_MB = 1024; // as in template.yaml

/** Heap, metaspace and code cache of a function of this size: 85, 10 and 5 %, as the managed runtimes pass them. */
const JAVA_MEMORY = [
  `-XX:InitialHeapSize=${MEMORY_MB / 64}m`, // the JVM's default for this much memory
  `-XX:MaxHeapSize=${Math.round(MEMORY_MB * 1024 * 0.85)}k`,
  `-XX:MaxMetaspaceSize=${Math.round(MEMORY_MB * 1024 * 0.1)}k`,
  `-XX:ReservedCodeCacheSize=${Math.round(MEMORY_MB * 1024 * 0.05)}k`,
];

/** Flags of the managed Node.js runtimes. */
const NODE_FLAGS = [
  '--expose-gc',
  '--max-http-header-size=81920',
  `--max-semi-space-size=${Math.floor(MEMORY_MB / 20)}`,
  `--max-old-space-size=${MEMORY_MB - Math.floor(MEMORY_MB / 10)}`,
];

const HANDLER = 'dev.layover.LayoverFunction';

/** All contestants that exist. The first is the one that the others are compared with. */
export async function contestants({ java, classpath, folder }) {
  const apollo = await bundled('apollo', folder);
  const yoga = await bundled('yoga', folder);
  const managed = flags => managedJava(java, classpath, folder, flags);
  const packageFolder = join(folder, 'target/function');
  const list = [
    { id: 'apollo', name: 'Apollo Server', command: ['node', ...NODE_FLAGS, apollo], package: apollo },
    { id: 'yoga', name: 'GraphQL Yoga', command: ['node', ...NODE_FLAGS, yoga], package: yoga },
    {
      id: 'apollo-cached',
      name: 'Apollo Server, items cached',
      command: ['node', ...NODE_FLAGS, apollo],
      environment: { ITEM_CACHE: 'on' },
      package: apollo,
    },
    { id: 'managed', name: 'Screenful, managed runtime', command: managed(['-XX:TieredStopAtLevel=1']), package: packageFolder },
    { id: 'c2', name: 'Screenful, managed runtime, C2', command: managed([]), package: packageFolder },
    {
      id: 'snapstart',
      name: 'Screenful, SnapStart',
      command: managed([]), // Lambda leaves C2 on for SnapStart
      environment: { AWS_LAMBDA_INITIALIZATION_TYPE: 'snap-start' },
      package: packageFolder,
    },
  ];
  const custom = join(folder, 'target/custom-runtime');
  if (existsSync(join(custom, 'bootstrap'))) {
    list.push({
      id: 'custom',
      name: 'Screenful, custom runtime',
      command: [join(custom, 'bootstrap')],
      environment: { LAMBDA_TASK_ROOT: custom },
      package: custom,
    });
  }
  return list;
}

/** The environment variables of a function, as Lambda and template.yaml set them. */
export function environment(folder, server, runtimeApi) {
  const options = readFileSync(join(folder, 'template.yaml'), 'utf8').match(/JAVA_TOOL_OPTIONS: *"?([^"\n]*)/)?.[1];
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
    ...(options && { JAVA_TOOL_OPTIONS: options }),
  };
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

/** The command of Lambda's managed Java runtime, which adds its client to the class path of the function. */
function managedJava(java, classpath, folder, flags) {
  const client = classpath.split(delimiter).filter(path => /aws-lambda-java-(runtime-interface-client|serialization)|\butils-lite\b/.test(path));
  const task = join(folder, 'target/function');
  return [
    java, ...flags, '-XX:+UseSerialGC', '-Xshare:auto', ...JAVA_MEMORY,
    '-classpath', [task, join(task, 'lib/*'), ...client].join(delimiter),
    'com.amazonaws.services.lambda.runtime.api.client.AWSLambda', HANDLER,
  ];
}

/** Bundles and minifies a peer to one file, as for a deployment. */
async function bundled(name, folder) {
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
  return outfile;
}

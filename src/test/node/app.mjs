// node app.mjs URL TOKEN: builds the app of docs/clients.md and docs/offline.md in a new folder, as its developer would: from the
// files in these pages and in target/clients, with graphql-codegen, in strict TypeScript. Then it runs the app against a server:
// a phone syncs trips, another one changes them, and an expired token starts a new sync.
// Prints the type errors, what the phone has after each sync, and all requests as one line of JSON.
import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const [, , uri, token] = process.argv;
const folder = mkdtempSync(join(tmpdir(), "app-"));
const app = join(folder, "app");
const modules = join(dirname(fileURLToPath(import.meta.url)), "node_modules");

// A file that no page shows: objects are narrowed by their type, and no scalar is unknown.
const CHECK = `import type { SyncQuery } from "./graphql";
type Changed = NonNullable<SyncQuery["changes"]>["changed"][number];
export const departure = (object: Changed): string | undefined =>
  object.__typename === "Booking" ? object.flight?.departsAt : undefined;
`;

function write() {
  mkdirSync(join(app, "src"), { recursive: true });
  symlinkSync(resolve("."), join(folder, "backend"));
  symlinkSync(modules, join(folder, "node_modules"));
  for (const page of ["docs/clients.md", "docs/offline.md"]) {
    for (const [, file, code] of readFileSync(page, "utf8").matchAll(/```ts\n\/\/ (\S+)\n(.*?)```/gs)) {
      writeFileSync(join(app, file), code);
    }
  }
  copyFileSync("target/clients/sync.ts", join(app, "src/sync.ts"));
  writeFileSync(join(app, "src/check.ts"), CHECK);
  execFileSync(join(modules, ".bin/graphql-codegen"), { cwd: app, stdio: "pipe" });
}

function typeErrors() {
  const files = ["codegen.ts", ...readdirSync(join(app, "src")).map((file) => `src/${file}`)];
  const program = ts.createProgram(
    files.map((file) => join(app, file)),
    {
      strict: true,
      noUncheckedIndexedAccess: true,
      exactOptionalPropertyTypes: true,
      noEmit: true,
      skipLibCheck: true,
      module: ts.ModuleKind.Preserve,
      target: ts.ScriptTarget.ES2022,
      types: [],
    },
  );
  return ts.getPreEmitDiagnostics(program).map((found) => {
    const text = ts.flattenDiagnosticMessageText(found.messageText, " ");
    return found.file ? `${found.file.fileName.slice(app.length)}: ${text}` : text;
  });
}

/** Loads a module of the app, and those that it imports. */
function load(name) {
  const out = join(app, "out");
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, "package.json"), `{"type": "commonjs"}`);
  for (const file of readdirSync(join(app, "src"))) {
    const { outputText } = ts.transpileModule(readFileSync(join(app, "src", file), "utf8"), {
      compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
    });
    writeFileSync(join(out, file.replace(/\.ts$/, ".js")), outputText);
  }
  return createRequire(join(out, "app.js"))(`./${name}.js`);
}

async function run() {
  const sent = [];
  const network = globalThis.fetch;
  globalThis.fetch = (url, options) => {
    sent.push(JSON.parse(options.body));
    return network(url, options);
  };
  const { createClient } = load("client");
  const { FollowFlightDocument, SyncDocument, UnfollowFlightDocument } = load("graphql");
  const { seats } = load("trips");
  const phone = createClient(uri, () => token);
  const other = createClient(uri, () => token);
  const flightId = "Flight:RQ204-2026-01-18";
  const seen = [];
  const sync = async () => {
    const before = sent.length;
    const booked = await seats(phone, true);
    const { changed } = phone.cache.readQuery({ query: SyncDocument }).changes;
    seen.push({ ids: changed.map(({ id }) => id), seats: booked, requests: sent.length - before });
  };
  await sync();
  await other.mutate({ mutation: FollowFlightDocument, variables: { requestId: randomUUID(), flightId } });
  await sync();
  await other.mutate({ mutation: UnfollowFlightDocument, variables: { requestId: randomUUID(), flightId } });
  await sync();
  phone.cache.modify({ fields: { changes: (kept) => ({ ...kept, token: "too old" }) } });
  await sync();
  const signedOut = createClient(uri, () => undefined);
  const refused = await seats(signedOut, true).catch(({ errors }) => errors[0].extensions.code);
  return { seen, sent, refused, offline: await seats(phone, false) };
}

try {
  write();
  const errors = typeErrors();
  console.log(JSON.stringify({ errors, ...(await run()) }));
} finally {
  rmSync(folder, { recursive: true });
}

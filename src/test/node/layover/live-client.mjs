// node live-client.mjs ENDPOINT [TOKEN]: an app with live screens, which a test controls. It has the link of docs/live.md, read from
// there. Reads commands and prints what happens, each as one line of JSON.
import { randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { ApolloClient, HttpLink, InMemoryCache, gql } from "@apollo/client";
import { GraphQLWsLink } from "@apollo/client/link/subscriptions";
import { createClient } from "graphql-ws";
import ts from "typescript";
import { WebSocket } from "ws";

const [, , uri, token] = process.argv;
const url = uri.replace("http:", "ws:");
const tell = (what) => console.log(JSON.stringify(what));

// Node 20 has no WebSocket. This one also tells what goes over the wire.
globalThis.WebSocket = class extends WebSocket {
  constructor(...parameters) {
    super(...parameters);
    this.on("open", () => tell({ socket: "open" }));
    this.on("message", (data) => tell({ received: JSON.parse(data) }));
    this.on("close", (code) => tell({ socket: "closed", code }));
  }

  send(data, ...more) {
    tell({ sent: JSON.parse(data) });
    super.send(data, ...more);
  }
};

/** The module of a page of the documentation, after a check of its types. */
async function documented(page, file) {
  const folder = mkdtempSync(join(tmpdir(), "live-"));
  try {
    symlinkSync(fileURLToPath(new URL("../node_modules", import.meta.url)), join(folder, "node_modules"));
    const [, code] = readFileSync(page, "utf8").match(new RegExp(`\`\`\`ts\n// ${file}\n(.*?)\`\`\``, "s"));
    writeFileSync(join(folder, "module.mts"), code);
    const program = ts.createProgram([join(folder, "module.mts")], {
      strict: true,
      noUncheckedIndexedAccess: true,
      exactOptionalPropertyTypes: true,
      skipLibCheck: true,
      module: ts.ModuleKind.Preserve,
      target: ts.ScriptTarget.ES2022,
      types: [],
    });
    const errors = ts.getPreEmitDiagnostics(program).map((found) => ts.flattenDiagnosticMessageText(found.messageText, " "));
    tell({ typeErrors: errors });
    program.emit();
    return await import(join(folder, "module.mjs"));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const { withLive } = await documented("docs/live.md", "src/live.ts");
const cache = () => new InMemoryCache();
const headers = token ? { authorization: `Bearer ${token}` } : {};
const app = new ApolloClient({ link: withLive(new HttpLink({ uri, headers }), url, () => token), cache: cache() });
const connectionParams = token ? { authorization: `Bearer ${token}` } : {};
const socket = createClient({ url, connectionParams, keepAlive: 200 });
const onSocket = new ApolloClient({ link: new GraphQLWsLink(socket), cache: cache() });
const document = ({ screen, text }) => gql(text ?? readFileSync(`schema/screens/${screen}.graphql`, "utf8"));
const failure = (error) => error.errors?.[0]?.extensions?.code ?? String(error.code ?? error.message);
const running = new Map();

const commands = {
  /** Shows a live screen. */
  show({ as, over, ...query }) {
    const answers = (over === "socket" ? onSocket : app).subscribe({ query: document(query), variables: query.variables });
    const subscription = answers.subscribe({
      next: ({ data, error }) => tell({ as, data, ...(error && { error: failure(error) }) }),
      error: (error) => tell({ as, error: failure(error) }),
      complete: () => tell({ as, complete: true }),
    });
    running.set(as, subscription);
  },
  /** Shows a screen of the cache. */
  watch({ as, ...query }) {
    const answers = app.watchQuery({ query: document(query), variables: query.variables });
    running.set(as, answers.subscribe(({ data, dataState }) => dataState === "complete" && tell({ as, data })));
  },
  hide: ({ as }) => running.get(as).unsubscribe(),
  /** Sends a query over the socket of its own client, which pings often. */
  async query({ as, ...query }) {
    const { data } = await onSocket.query({ query: document(query), variables: query.variables, fetchPolicy: "no-cache" });
    tell({ as, data });
  },
  async mutate({ as, over, variables, ...query }) {
    const client = over === "socket" ? onSocket : app;
    const mutation = document(query);
    const { data } = await client.mutate({ mutation, variables: { requestId: randomUUID(), ...variables } });
    tell({ as, data });
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const { command, ...rest } = JSON.parse(line);
  Promise.resolve(commands[command](rest)).catch((error) => tell({ as: rest.as, error: failure(error) }));
}
process.exit();

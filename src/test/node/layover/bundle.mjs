// node bundle.mjs FILE: writes what the page /live imports of its packages as one file, so that the page works offline. The file
// in src/main/resources/dev/layover/local/live is committed. After an update of a package, write it again:
//   node src/test/node/layover/bundle.mjs src/main/resources/dev/layover/local/live/apollo-client.js
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const ENTRY = `
export { ApolloClient, ApolloLink, CombinedGraphQLErrors, HttpLink, InMemoryCache, gql } from "@apollo/client";
export { SetContextLink } from "@apollo/client/link/context";
export { GraphQLWsLink } from "@apollo/client/link/subscriptions";
export { createClient } from "graphql-ws";
`;

const folder = join(dirname(fileURLToPath(import.meta.url)), "..");
const options = {
  stdin: { contents: ENTRY, resolveDir: folder },
  absWorkingDir: folder,
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  conditions: ["production"],
  define: { "process.env.NODE_ENV": '"production"' },
  legalComments: "none", // the notices of all packages are at the head of the file
  metafile: true,
};

/** The packages in the bundle, each with its licence file. */
function packages({ inputs }) {
  const paths = Object.keys(inputs).map((input) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1]);
  return [...new Set(paths.filter(Boolean))].sort().map((path) => {
    const { name, version, license, author } = JSON.parse(readFileSync(join(folder, path, "package.json"), "utf8"));
    const file = readdirSync(join(folder, path)).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file ? readFileSync(join(folder, path, file), "utf8").trim() : `Copyright (c) ${author?.name ?? author}`;
    return { title: `${name} ${version} (${license})`, text };
  });
}

/** A comment with all packages, and each licence text once: most differ only in the copyright line. */
function notice(found) {
  const byText = new Map();
  for (const { title, text } of found) {
    byText.set(text, [...(byText.get(text) ?? []), title]);
  }
  const parts = [...byText].map(([text, titles]) => `${titles.join("\n")}\n\n${text}`);
  return `/*!\nWritten by src/test/node/layover/bundle.mjs. It contains these packages:\n\n${parts.join("\n\n---\n\n").replaceAll("*/", "* /")}\n*/`;
}

const first = await build({ ...options, write: false });
await build({ ...options, banner: { js: notice(packages(first.metafile)) }, outfile: join(process.cwd(), process.argv[2]) });

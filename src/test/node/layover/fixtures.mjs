// node fixtures.mjs CLIENTS FIXTURES: writes the fixture of each operation of the manifest to a cache of Apollo Client and reads
// it again. Prints the operations whose fixtures come back unchanged, and the ids of the cached objects, as one line of JSON.
import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { gql, InMemoryCache } from "@apollo/client";

const [clients, fixtures] = process.argv.slice(2);
const { operations } = JSON.parse(readFileSync(`${clients}/persisted-query-manifest.json`, "utf8"));
const cache = new InMemoryCache({ possibleTypes: { Node: ["Airline", "Airport", "Booking", "Flight", "Follow"] } });
const unchanged = operations.filter(({ name, body }) => {
  const { data } = JSON.parse(readFileSync(`${fixtures}/${name}.json`, "utf8"));
  const operation = { query: gql(body.replace(/^(mutation|subscription)/, "query")), data };
  cache.writeQuery(operation);
  return isDeepStrictEqual(cache.readQuery(operation), data);
});
console.log(JSON.stringify({ unchanged: unchanged.map(({ name }) => name), objects: Object.keys(cache.extract()) }));

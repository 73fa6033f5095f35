// node apollo-client.mjs SCENARIO URL [TOKEN]: runs a scenario of Apollo Client 4 against a server, with the setup of an app.
// Prints the results and the sent requests as one line of JSON, which the calling test checks.
import { createHash, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { ApolloClient, ApolloLink, CombinedGraphQLErrors, HttpLink, InMemoryCache, gql } from "@apollo/client";
import { Defer20220824Handler } from "@apollo/client/incremental";
import { BatchHttpLink } from "@apollo/client/link/batch-http";
import { PersistedQueryLink } from "@apollo/client/link/persisted-queries";
import { RetryLink } from "@apollo/client/link/retry";

import { setPicture } from "./upload.mjs";

const [, , scenario, uri, token] = process.argv;
const sent = []; // the body of each request, and the relevant headers

function recording(fetch) {
  return async (url, options) => {
    const response = await fetch(url, options);
    const { accept, "apollographql-client-name": client } = options.headers;
    sent.push({ body: JSON.parse(options.body), accept, client, type: response.headers.get("content-type") });
    return response;
  };
}

const headers = token ? { authorization: `Bearer ${token}` } : {};
const http = (fetch = globalThis.fetch) => new HttpLink({ uri, headers, fetch: recording(fetch) });
const client = (link, more = {}) => new ApolloClient({ link, cache: new InMemoryCache(), ...more });
const screen = (name) => gql(readFileSync(`schema/screens/${name}.graphql`, "utf8"));
const sha256 = (text) => createHash("sha256").update(text).digest("hex");
const airport = gql`query Airport($code: ID!) { airport(code: $code) { id city } }`;

const scenarios = {
  // Two screens and a mutation with the same flight: it is cached once, and the mutation updates both screens.
  async cache() {
    const apollo = client(http());
    const id = "Flight:RQ204-2026-01-18";
    const seen = [];
    const watched = apollo.watchQuery({ query: screen("FlightDetail"), variables: { id } });
    const subscription = watched.subscribe(({ data, dataState }) => {
      if (dataState === "complete") seen.push(data.flight.followed);
    });
    await apollo.query({ query: screen("FlightDetail"), variables: { id } });
    await apollo.mutate({ mutation: screen("FollowFlight"), variables: { requestId: randomUUID(), flightId: id } });
    await new Promise((resolve) => setTimeout(resolve)); // watchers are notified after the mutation
    subscription.unsubscribe();
    await apollo.mutate({ mutation: screen("UnfollowFlight"), variables: { requestId: randomUUID(), flightId: id } });
    await apollo.query({ query: screen("AirportBoard"), variables: { airport: "DFW", from: "2026-01-18T00:00:00Z" } });
    const kept = apollo.cache.extract();
    return { seen, kept: Object.keys(kept), destination: kept[`Flight:${id}`].destination };
  },

  // The code of docs/clients.md: a picture goes to the bucket, and its URL is read again.
  async upload() {
    const picture = new Blob(["a picture from JavaScript"], { type: "image/png" });
    const { data } = await setPicture(client(http()), screen("CreatePictureUpload"), screen("SetPicture"), picture);
    const read = await fetch(data.setPicture.traveller.picture.url);
    return { type: read.headers.get("content-type"), text: await read.text() };
  },

  // First the hash, then hash and document, then only the hash.
  async persisted() {
    const apollo = client(ApolloLink.from([new PersistedQueryLink({ sha256 }), http()]));
    const query = gql`query Persisted${Date.now()} ($code: ID!) { airport(code: $code) { id city } }`;
    const cities = [];
    for (const code of ["SFO", "AUS", "DFW"]) {
      cities.push((await apollo.query({ query, variables: { code } })).data.airport.city);
    }
    return { cities };
  },

  // The hash of each screen in the build's manifest is the hash that the client computes.
  async manifest() {
    const apollo = client(ApolloLink.from([new PersistedQueryLink({ sha256 }), http()]));
    const { operations } = JSON.parse(readFileSync("target/clients/persisted-query-manifest.json", "utf8"));
    const hashes = {};
    for (const { name, type } of operations) {
      const before = sent.length;
      const options = { variables: {}, errorPolicy: "all" };
      if (type === "query") await apollo.query({ query: screen(name), ...options });
      else if (type === "subscription")
        await new Promise((next) => apollo.subscribe({ query: screen(name), ...options }).subscribe({ next, error: next }));
      else await apollo.mutate({ mutation: screen(name), ...options });
      hashes[name] = sent[before].body.extensions.persistedQuery.sha256Hash;
    }
    return { hashes, manifest: Object.fromEntries(operations.map(({ name, id }) => [name, id])) };
  },

  async batch() {
    const link = new BatchHttpLink({ uri, batchInterval: 50, fetch: recording(fetch) });
    const apollo = client(link);
    const codes = ["SFO", "ZZZ", "AUS"];
    const results = await Promise.all(
      codes.map((code) => apollo.query({ query: airport, variables: { code }, errorPolicy: "all" })),
    );
    return { results: results.map(({ data, error }) => data.airport?.city ?? error.errors[0].extensions.code) };
  },

  async errors() {
    const query = gql`{ airport(code: "SFO") { id city } flight(id: "Flight:none") { id number } }`;
    const results = {};
    for (const errorPolicy of ["none", "ignore", "all"]) {
      try {
        const { data, error } = await client(http()).query({ query, errorPolicy });
        results[errorPolicy] = { data, code: error?.errors[0].extensions.code };
      } catch (error) {
        results[errorPolicy] = { thrown: CombinedGraphQLErrors.is(error), code: error.errors[0].extensions.code };
      }
    }
    return results;
  },

  // The first attempt does not arrive.
  async retry() {
    let attempts = 0;
    const flaky = (url, options) => {
      attempts++;
      return attempts === 1 ? Promise.reject(new TypeError("connection reset")) : fetch(url, options);
    };
    const apollo = client(ApolloLink.from([new RetryLink({ delay: { initial: 1 } }), http(flaky)]));
    const { data } = await apollo.query({ query: airport, variables: { code: "SFO" } });
    return { attempts, city: data.airport.city };
  },

  async defer() {
    const apollo = client(http(), { incrementalHandler: new Defer20220824Handler() });
    const query = gql`
      query Deferred { flight(id: "Flight:PQ142-2026-01-17") { id number ... @defer { origin { id city } } } }
    `;
    const { data, error } = await apollo.query({ query });
    return { data, error };
  },

  async awareness() {
    const apollo = client(http(), { clientAwareness: { name: "layover-web", version: "4.2.0" } });
    const { data } = await apollo.query({ query: airport, variables: { code: "SFO" } });
    return { city: data.airport.city };
  },

  async node() {
    const query = gql`query Node($id: ID!) { node(id: $id) { id ... on Airport { city } ... on Flight { number } } }`;
    const apollo = client(http());
    const flight = await apollo.query({ query, variables: { id: "Flight:PQ142-2026-01-17" } });
    return { node: flight.data.node, kept: Object.keys(apollo.cache.extract()) };
  },
};

const result = await scenarios[scenario]();
console.log(JSON.stringify({ ...result, sent }));

// Stores a traveller's trips in an app, and syncs them when the app has a network connection.
import { InMemoryCache } from "@apollo/client";

// The cache keeps all synced objects in the field `changes`, into which each page is merged. Apollo normalises the objects by
// id, so every screen shows their current state.
export const cache = () =>
  new InMemoryCache({
    typePolicies: {
      Query: {
        fields: {
          changes: {
            keyArgs: false,
            merge(kept, page, { args, readField }) {
              if (!page) return kept; // an error, not an answer
              const objects = new Map(args?.since ? kept.changed.map((object) => [readField("id", object), object]) : []);
              page.removed.forEach((id) => objects.delete(id));
              page.changed.forEach((object) => objects.set(readField("id", object), object));
              return { ...page, changed: [...objects.values()], removed: [] };
            },
          },
        },
      },
    },
  });

// The cache contains the token and its objects together, so an app that persists the cache saves both or neither.
export async function sync(client, query) {
  let since = client.cache.readQuery({ query })?.changes.token;
  let hasMore = true;
  while (hasMore) {
    const { data, error } = await client.query({ query, variables: { since }, fetchPolicy: "network-only", errorPolicy: "all" });
    if (error?.errors?.some(({ extensions }) => extensions.code === "SYNC_RESET")) {
      since = undefined; // begin anew; the merge above forgets what is not told again
    } else if (error) {
      throw error; // what was applied stays applied, and the next time goes on from there
    } else {
      ({ token: since, hasMore } = data.changes);
    }
  }
  client.cache.gc();
}

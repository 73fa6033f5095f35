// What an app needs to keep a traveller's trips, and to bring them up to date whenever it has a network.
import { InMemoryCache } from "@apollo/client";

// The field `changes` in the cache is all that is kept: each page is merged into it, and the objects themselves are
// normalised, so every screen that shows one of them shows it as it now is.
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

// The token is in the cache with what it belongs to, so both are persisted together or not at all.
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

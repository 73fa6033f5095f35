// Keeps the objects that the server syncs in Apollo Client's cache. Copy this file into your app. The cache normalises the objects by
// id, so every screen shows their current state. It contains the token too, so an app that persists the cache saves both or neither.
import { CombinedGraphQLErrors, type ApolloClient, type FieldPolicy, type Reference, type TypedDocumentNode } from "@apollo/client";

/** What the cache keeps in the field `changes`: the position, and all objects as of it. */
interface Kept {
  token: string;
  hasMore: boolean;
  removed: string[];
  changed: Reference[];
}

/** The policy of the field `changes` of `Query`, for `typePolicies`. It merges each page into what is kept. */
export const changes: FieldPolicy<Kept | null> = {
  keyArgs: false,
  merge(kept, page, { args, readField }) {
    if (!page) return kept ?? null; // an error, not an answer
    const before = args?.since && kept ? kept.changed : [];
    const objects = new Map(before.map((object) => [readField<string>("id", object), object]));
    page.removed.forEach((id) => objects.delete(id));
    page.changed.forEach((object) => objects.set(readField<string>("id", object), object));
    return { ...page, changed: [...objects.values()], removed: [] };
  },
};

/** The screen that syncs: it selects `token` and `hasMore` of `changes`, beside the objects that the app keeps. */
type SyncDocument = TypedDocumentNode<SyncData, { since?: string | null | undefined }>;

interface SyncData {
  changes: { token: string; hasMore: boolean } | null;
}

/** Requests all changes since the last time. Call it whenever the app has a network connection. */
export async function sync(client: ApolloClient, query: SyncDocument): Promise<void> {
  let since = client.cache.readQuery({ query })?.changes?.token;
  let hasMore = true;
  while (hasMore) {
    const { data, error } = await client.query({
      query,
      variables: { since },
      fetchPolicy: "network-only",
      errorPolicy: "all",
    });
    const reset =
      CombinedGraphQLErrors.is(error) && error.errors.some(({ extensions }) => extensions?.["code"] === "SYNC_RESET");
    if (reset) {
      if (!since) throw error;
      since = undefined; // start again; the merge above forgets what is not returned again
    } else if (error || !data?.changes) {
      throw error ?? new Error("The response has no changes."); // applied pages stay applied
    } else {
      ({ token: since, hasMore } = data.changes);
    }
  }
  client.cache.gc();
}

// The connection to the server, and the screens.
import {
  ApolloClient,
  ApolloLink,
  CombinedGraphQLErrors,
  GraphQLWsLink,
  HttpLink,
  InMemoryCache,
  SetContextLink,
  createClient,
  gql,
} from "/live/apollo-client.js";
import { say } from "/live/view.js";

// The documents are the files of schema/screens, so the page needs no other text than the apps.
const { screens } = await (await fetch("/graphiql.json")).json();

const named = (name) => screens.find((screen) => screen.name === name);

/** The document of a screen. */
export const screen = (name) => gql(named(name).query);

/** The variables of a screen's example. */
export const example = (name) => named(name).variables;

/** A client for a development user. It connects again until the server is back, which starts all subscriptions again. */
export function connect(username) {
  const state = document.getElementById("connection");
  const show = (name, text) => {
    state.dataset.state = name;
    state.textContent = text;
  };
  // A token for each connection and request: a restart of the server ends all of them.
  const credentials = async () => {
    const response = await fetch("/token", { method: "POST", body: new URLSearchParams({ username }) });
    return { authorization: `Bearer ${(await response.json()).access_token}` };
  };
  const sockets = createClient({
    url: `ws://${location.host}/graphql`,
    connectionParams: credentials,
    keepAlive: 300_000,
    retryAttempts: Infinity,
    shouldRetry: () => true,
    retryWait: () => new Promise((resolve) => setTimeout(resolve, 1000)),
    on: { connected: () => show("connected", "Connected"), closed: () => show("reconnecting", "Reconnecting …") },
  });
  const signIn = new SetContextLink(async () => ({ headers: await credentials() }));
  return new ApolloClient({
    cache: new InMemoryCache(),
    link: ApolloLink.split(
      ({ operationType }) => operationType === "subscription",
      new GraphQLWsLink(sockets),
      ApolloLink.from([signIn, new HttpLink({ uri: "/graphql" })]),
    ),
  });
}

/** Subscribes to a live screen. Returns a function that ends the subscription. */
export function watch(client, name, variables, onData) {
  const subscription = client.subscribe({ query: screen(name), variables }).subscribe(({ data, error }) => {
    if (error) say(message(error));
    else onData(data);
  });
  return () => subscription.unsubscribe();
}

/** Sends a mutation with a new idempotency key. Returns whether it was accepted, and shows the error otherwise. */
export async function send(client, name, variables) {
  try {
    await client.mutate({ mutation: screen(name), variables: { requestId: crypto.randomUUID(), ...variables } });
    return true;
  } catch (error) {
    say(message(error));
    return false;
  }
}

export const message = (error) => (CombinedGraphQLErrors.is(error) ? error.errors[0].message : "The server does not respond.");

// A Chromium for the scripts of pages, with a record of the requests and the failures of all its tabs.
import { chromium } from "playwright-core";

export async function launch() {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
  const requested = [];
  const failures = [];
  /** Opens a tab with a browser profile of its own. */
  const open = async (url, options) => {
    const page = await (await browser.newContext(options)).newPage();
    page.on("request", (request) => requested.push(request.url()));
    page.on("websocket", (socket) => requested.push(socket.url()));
    page.on("pageerror", (error) => failures.push(error.message));
    page.on("console", (message) => message.type() === "error" && failures.push(message.text()));
    await page.goto(url);
    return page;
  };
  return { open, requested, failures, close: () => browser.close() };
}

/** Sends a mutation of schema/screens to the development server, as one of its users. */
export async function send(origin, username, query, variables) {
  const token = await fetch(`${origin}/token`, { method: "POST", body: new URLSearchParams({ username }) });
  const { access_token: bearer } = await token.json();
  const response = await fetch(`${origin}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${bearer}` },
    body: JSON.stringify({ query, variables: { requestId: crypto.randomUUID(), ...variables } }),
  });
  const { errors } = await response.json();
  if (errors) throw new Error(errors[0].message);
}

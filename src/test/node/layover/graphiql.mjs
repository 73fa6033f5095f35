// node graphiql.mjs ORIGIN SCREENSHOT: opens screens in GraphiQL in Chromium, signs in and runs them. A change of a flight then
// changes the result of a live screen. Prints the responses as one line of JSON, which the calling test checks.
import { readFileSync } from "node:fs";
import { launch, send } from "./browser.mjs";

const [origin, screenshot] = process.argv.slice(2);
const browser = await launch();
const { requested, failures } = browser;
const page = await browser.open(origin, { viewport: { width: 1280, height: 860 } });

const result = async () =>
  JSON.parse(await page.evaluate(() => document.querySelector(".result-window .CodeMirror").CodeMirror.getValue()));

const run = async (screen) => {
  await page.goto(`${origin}/?screen=${screen}`);
  await page.getByLabel("Signed in as").selectOption({ label: "First traveller" });
  await page.locator(".graphiql-execute-button").click();
  await page.locator(".result-window").getByText('"data"').waitFor();
  return result();
};

try {
  const home = await run("Home");
  const tabs = await page.getByRole("tab").allInnerTexts();
  const board = await run("AirportBoard");
  await page.screenshot({ path: screenshot });
  const before = await run("FlightLive");
  const flightId = before.data.flight.id;
  await send(origin, "staff-1", readFileSync("schema/screens/UpdateFlight.graphql", "utf8"), { flightId, gate: "Z99" });
  await page.locator(".result-window").getByText('"Z99"').waitFor();
  const after = await result();
  console.log(JSON.stringify({ tabs, home, board, before, after, requested, failures }));
} finally {
  await browser.close();
}

// node graphiql.mjs ORIGIN SCREENSHOT: opens screens in GraphiQL in Chromium, signs in and runs them. Prints the responses as
// one line of JSON, which the calling test checks.
import { chromium } from "playwright-core";

const [origin, screenshot] = process.argv.slice(2);
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
const page = await browser.newPage({ viewport: { width: 1280, height: 860 } });
const requested = [];
const failures = [];
page.on("request", (request) => requested.push(request.url()));
page.on("pageerror", (error) => failures.push(error.message));
page.on("console", (message) => message.type() === "error" && failures.push(message.text()));

const run = async (screen) => {
  await page.goto(`${origin}/?screen=${screen}`);
  await page.getByLabel("Signed in as").selectOption({ label: "First traveller" });
  await page.locator(".graphiql-execute-button").click();
  await page.locator(".result-window").getByText('"data"').waitFor();
  const result = await page.evaluate(() => document.querySelector(".result-window .CodeMirror").CodeMirror.getValue());
  return JSON.parse(result);
};

try {
  const home = await run("Home");
  const tabs = await page.getByRole("tab").allInnerTexts();
  const board = await run("AirportBoard");
  await page.screenshot({ path: screenshot });
  console.log(JSON.stringify({ tabs, home, board, requested, failures }));
} finally {
  await browser.close();
}

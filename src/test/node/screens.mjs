// node screens.mjs ORIGIN FILE FOLDER: opens the picture of all screens in Chromium, as the server makes it and as the build left
// it in a file, in light and dark, on a desk and on a phone, and follows a button to GraphiQL. Prints what it saw.
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [origin, file, folder] = process.argv.slice(2);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const seen = { failures: [], requested: [], pages: {} };

async function look(name, url, options) {
  const page = await browser.newPage(options);
  page.on("request", (request) => seen.requested.push(request.url()));
  page.on("pageerror", (error) => seen.failures.push(error.message));
  page.on("console", (message) => message.type() === "error" && seen.failures.push(message.text()));
  await page.goto(url);
  await page.screenshot({ path: `${folder}/screens-${name}.png` });
  seen.pages[name] = await page.evaluate(() => ({
    cards: [...document.querySelectorAll("article")].map(({ id }) => id),
    over: document.querySelectorAll(".fill.over").length,
    bars: document.querySelectorAll(".track").length,
    tables: document.querySelectorAll("table").length,
    text: document.body.innerText,
    tooWide: document.documentElement.scrollWidth > innerWidth,
    background: getComputedStyle(document.body).backgroundColor,
  }));
  return page;
}

try {
  const built = pathToFileURL(file).href;
  const desk = { width: 1280, height: 860 };
  await look("light", built, { viewport: desk, colorScheme: "light" });
  await look("dark", built, { viewport: desk, colorScheme: "dark" });
  await look("phone", built, { viewport: { width: 390, height: 844 }, colorScheme: "light" });
  const live = await look("live", `${origin}/screens`, { viewport: desk, colorScheme: "light" });
  await live.locator("#SeatMap").getByText("Open in GraphiQL").click();
  await live.locator(".graphiql-execute-button").waitFor();
  seen.opened = await live.getByRole("tab", { selected: true }).innerText();
  console.log(JSON.stringify(seen));
} finally {
  await browser.close();
}

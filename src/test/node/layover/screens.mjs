// node screens.mjs ORIGIN FILE FOLDER: opens the page of all screens in Chromium: the file of the build in light and dark mode
// and in the size of a phone, and the page of the server, where it clicks a button to GraphiQL. Writes screenshots to FOLDER.
// Prints the content of the pages, the requests and the failures as one line of JSON.
import { pathToFileURL } from "node:url";
import { launch } from "./browser.mjs";

const [origin, file, folder] = process.argv.slice(2);
const browser = await launch();
const seen = { failures: browser.failures, requested: browser.requested, pages: {} };

async function look(name, url, options) {
  const page = await browser.open(url, options);
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

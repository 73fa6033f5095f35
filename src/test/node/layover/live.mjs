// node live.mjs ORIGIN CONTROL SCREENSHOT: opens the page /live in Chromium as two travellers, and its staff desk. Staff change a
// gate, a traveller books a seat, and the server restarts, by a request to CONTROL. Prints what the first traveller has seen
// as one line of JSON, which the calling test checks.
import { readFileSync } from "node:fs";
import { launch, send } from "./browser.mjs";

const [origin, control, screenshot] = process.argv.slice(2);
const browser = await launch();
const { open, requested, failures } = browser;
const size = { viewport: { width: 940, height: 900 } };
const phone = { viewport: { width: 390, height: 1600 } };

const traveller = await open(`${origin}/live`, size);
const other = await open(`${origin}/live?traveller=traveller-2`, size);
const desk = await open(`${origin}/live?staff`, phone);
const shows = (element, text) => element.filter({ hasText: text }).waitFor();
const connects = (page, state = "Connected") => shows(page.locator("#connection"), state);
const departure = traveller.locator(".flights .flight").nth(3);

const changeGate = async (flight, gate, delay) => {
  const row = desk.locator(`[data-flight="${flight}"]`);
  await row.getByLabel("Gate").fill(gate);
  await row.getByLabel("Delay").fill(String(delay));
  await row.getByRole("button").click();
};

/** A picture of the three screens beside each other. */
async function picture(parts) {
  const images = parts.map(([title, png]) => `<figure><figcaption>${title}</figcaption><img src="data:image/png;base64,${png.toString("base64")}"></figure>`);
  const page = await open("about:blank", { viewport: { width: 1290, height: 800 } });
  await page.setContent(
    `<style>body { margin: 0; display: flex; gap: 30px; justify-content: center; background: #e9edf5; font: 600 17px system-ui; color: #131a2e }
    figure { margin: 18px 0 } figcaption { margin: 0 0 12px; text-align: center }
    img { width: 390px; height: 710px; object-fit: cover; object-position: top; border-radius: 30px; box-shadow: 0 10px 34px rgb(10 20 60 / 22%) }</style>${images.join("")}`,
  );
  await page.screenshot({ path: screenshot });
}

try {
  await Promise.all([traveller, other, desk].map((page) => connects(page)));
  await traveller.evaluate(() => (window.notReloaded = true));
  const flight = await departure.getAttribute("data-flight");
  const gate = departure.locator(".gate");
  const before = await gate.innerText();

  // A seat: both travellers open the flight, and the other one books.
  await departure.getByRole("button").click();
  await other.locator(`.flights [data-flight="${flight}"]`).getByRole("button").click();
  await other.locator(`.phone[data-flight="${flight}"]`).waitFor();
  await traveller.locator(`.phone[data-flight="${flight}"]`).waitFor();
  const free = Number(await traveller.locator("dd.free").innerText());
  await other.getByRole("button", { name: "5C, aisle, free", exact: true }).click();
  await other.getByRole("button", { name: "Book seat 5C" }).click();
  await traveller.getByRole("button", { name: "5C, aisle, taken", exact: true }).waitFor();
  await other.getByRole("button", { name: "5C, aisle, yours", exact: true }).waitFor();
  const freeAfter = Number(await traveller.locator("dd.free").innerText());

  // More seats, for the picture.
  const book = readFileSync("schema/screens/BookSeat.graphql", "utf8");
  for (const seat of ["1A", "2C", "2D", "3B", "6A", "6B", "8D", "9A"]) {
    await send(origin, "traveller-2", book, { flightId: flight, seat });
  }
  await send(origin, "traveller-1", book, { flightId: flight, seat: "4A" });
  await traveller.getByRole("button", { name: "4A, window, yours", exact: true }).waitFor();
  await traveller.getByRole("button", { name: "7C, aisle, free", exact: true }).click();

  // A gate: staff change it.
  await changeGate(flight, "D22", 35);
  await shows(gate, "D22");
  const isHighlighted = await gate.evaluate((element) => element.classList.contains("changed"));
  const [staff, board, seats] = await Promise.all([
    desk.locator(".desk").screenshot(),
    traveller.locator(".phone:not([data-flight])").screenshot(),
    traveller.locator(".phone[data-flight]").screenshot(),
  ]);
  await picture([["Staff change a gate", staff], ["The board shows it", board], ["So does the flight, with its seats", seats]]);
  const spoken = await traveller.locator("#news").innerText();

  // A restart of the server.
  const untilStop = failures.length;
  await fetch(`${control}/stop`);
  await connects(traveller, "Reconnecting");
  await fetch(`${control}/start`);
  await connects(traveller);
  await connects(desk);
  await changeGate(flight, "E7", 0);
  await shows(gate, "E7");

  console.log(
    JSON.stringify({
      before,
      isHighlighted,
      spoken,
      booked: free - freeAfter,
      status: await departure.locator(".status").innerText(),
      isNotReloaded: await traveller.evaluate(() => window.notReloaded === true),
      requested: requested.filter((url) => !url.startsWith("data:") && url !== "about:blank"),
      failures: failures.slice(0, untilStop),
    }),
  );
} finally {
  await browser.close();
}

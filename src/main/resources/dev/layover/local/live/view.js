// What all parts of the page show alike.

/** A copy of a template's element. */
export const copy = (id) => document.getElementById(id).content.firstElementChild.cloneNode(true);

/** Shows a text, and highlights it if it replaces another one. Returns whether it does. */
export function show(element, text) {
  const before = element.textContent;
  if (before === text) return false;
  element.textContent = text;
  const isChange = before !== "";
  if (isChange) highlight(element);
  return isChange;
}

/** Highlights an element for a moment. */
export function highlight(element) {
  element.classList.remove("changed");
  void element.offsetWidth; // begins the animation again
  element.classList.add("changed");
}

let hiding;

/** Shows a message for some seconds. */
export function say(text) {
  const message = document.getElementById("message");
  message.textContent = text;
  clearTimeout(hiding);
  hiding = setTimeout(() => (message.textContent = ""), 6000);
}

/** Has a change read out by a screen reader. */
export const announce = (text) => (document.getElementById("news").textContent = text);

/** A time of day at an airport. */
export const time = (instant, timeZone) =>
  new Intl.DateTimeFormat("en", { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone }).format(new Date(instant));

/** What a list shows of a flight beside its times: number, destination and day. */
export const subtitle = ({ number, destination, departsAt }, timeZone) =>
  [number, destination?.code, new Intl.DateTimeFormat("en", { weekday: "short", timeZone }).format(new Date(departsAt))].join(" · ");

const STATUS = { ON_TIME: "On time", DELAYED: "Delayed", BOARDING: "Boarding", DEPARTED: "Departed", CANCELLED: "Cancelled" };

/** Shows the status of a flight. */
export function showStatus(element, { status }) {
  element.dataset.status = status; // its colour
  return show(element, STATUS[status] ?? status);
}

/** Keeps an element for each flight, so that the focus and the highlights of a list survive its changes. */
export function list(element, create) {
  const rows = new Map();
  return (flights) => {
    for (const flight of flights) {
      if (!rows.has(flight.id)) rows.set(flight.id, create(flight));
      rows.get(flight.id).update(flight);
    }
    const wanted = flights.map(({ id }) => rows.get(id).element);
    const isSame = wanted.length === element.children.length && wanted.every((row, index) => row === element.children[index]);
    if (!isSame) element.replaceChildren(...wanted);
  };
}

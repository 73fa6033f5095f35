// Bar charts as SVG, readable on light and on dark pages.

const WIDTH = 760;
const LABEL = 240;
const BAR = 18;
const ROW = 26;
const HEAD = 62;
const COLOURS = ['#4878a8', '#e08a3c', '#5a9e6f'];

const STYLE = `
  text { font: 13px system-ui, sans-serif; fill: #24292f }
  .title { font-weight: 600; font-size: 15px }
  .range { stroke: #24292f; stroke-width: 1.5 }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 }
    .range { stroke: #e6edf3 }
  }`;

/**
 * A chart with one row for each label.
 *
 * @param parts the names of the parts of a bar, for the legend
 * @param rows objects with `label`, the `values` of the parts, a `text`, and optionally a `range` of the sum
 * @param isStacked whether the parts add up; otherwise they are bars side by side
 */
export function barChart({ title, parts, rows, isStacked }) {
  const bars = isStacked ? 1 : parts.length;
  const height = HEAD + rows.length * (ROW + (bars - 1) * BAR) + 8;
  const largest = Math.max(...rows.flatMap(({ values, range }) => [...(isStacked ? [sum(values)] : values), range?.max ?? 0]));
  const scale = (WIDTH - LABEL - 130) / largest;
  const body = rows.map((row, index) => bar(row, HEAD + index * (ROW + (bars - 1) * BAR), scale, isStacked));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="${escaped(title)}">`,
    `<style>${STYLE}\n</style>`,
    `<text class="title" x="8" y="20">${escaped(title)}</text>`,
    ...parts.map((part, index) => legend(part, index)),
    ...body,
    '</svg>\n',
  ].join('\n');
}

function legend(part, index) {
  const x = LABEL + index * 160;
  return `<rect x="${x}" y="33" width="12" height="12" fill="${COLOURS[index]}"/><text x="${x + 18}" y="44">${escaped(part)}</text>`;
}

function bar({ label, values, texts, range }, y, scale, isStacked) {
  const shapes = [`<text x="8" y="${y + 14}">${escaped(label)}</text>`];
  let x = LABEL;
  values.forEach((value, index) => {
    const width = Math.max(1, value * scale);
    const top = isStacked ? y : y + index * BAR;
    shapes.push(`<rect x="${round(x)}" y="${top}" width="${round(width)}" height="${BAR - 2}" fill="${COLOURS[index]}"/>`);
    if (!isStacked) {
      shapes.push(`<text x="${round(x + width + 8)}" y="${top + 13}">${escaped(texts[index])}</text>`);
    } else {
      x += width;
    }
  });
  if (isStacked) {
    const end = LABEL + Math.max(sum(values), range.max) * scale;
    shapes.push(`<path class="range" d="M${round(LABEL + range.min * scale)} ${y + 8}H${round(LABEL + range.max * scale)}"/>`);
    shapes.push(`<text x="${round(end + 8)}" y="${y + 13}">${escaped(texts[0])}</text>`);
  }
  return shapes.join('\n');
}

function sum(values) {
  return values.reduce((total, value) => total + value, 0);
}

function round(number) {
  return Math.round(number * 10) / 10;
}

function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

// Medians and ranges of the rounds.

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The smallest value that is not below a share of all sorted values. */
export function percentile(sorted, share) {
  return sorted[Math.ceil(sorted.length * share) - 1];
}

/** Median, minimum and maximum. Rounds in which nothing was measured do not count. */
export function summary(values) {
  const measured = values.filter(Number.isFinite);
  return measured.length === 0
    ? undefined
    : { median: median(measured), min: Math.min(...measured), max: Math.max(...measured) };
}

/** A figure of a contestant in all rounds. */
export function figures(results, id, figure) {
  return summary(results.filter(result => result.id === id).map(figure));
}

/** A figure of a contestant divided by that of another in the same round. */
export function ratios(results, id, otherId, figure, otherFigure = figure) {
  const others = results.filter(result => result.id === otherId);
  return summary(
    results
      .filter(result => result.id === id)
      .map(result => figure(result) / otherFigure(others.find(other => other.round === result.round))),
  );
}

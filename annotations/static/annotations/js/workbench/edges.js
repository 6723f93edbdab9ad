// Moving one end of one range among several: sorted [start, end] pairs that must never overlap.
// Knows nothing of the page.

// Returns the ranges with that end at `offset`, kept at least one character from its other end and
// clear of its neighbours.
export function withEdge(ranges, n, isStart, offset) {
  const [start, end] = ranges[n];
  const low = isStart ? (ranges[n - 1]?.[1] ?? 0) : start + 1;
  const high = isStart ? end - 1 : (ranges[n + 1]?.[0] ?? Infinity);
  const kept = Math.min(Math.max(offset, low), high);
  return ranges.with(n, isStart ? [kept, end] : [start, kept]);
}

// Reads "10-20 30-40".
export const readRanges = (words) =>
  words.trim().split(/\s+/).filter(Boolean).map((one) => one.split("-").map(Number));

export const writeRange = ([start, end]) => `${start}-${end}`;

export const isSame = (one, other) => one.map(writeRange).join() === other.map(writeRange).join();

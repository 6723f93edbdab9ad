// The strip beside the text cuts it into bins of equal length, and shows in how many claims' words each
// of them has a part. The server draws it by the same rules (workbench_text.py). Knows nothing of
// the page; offsets are code points.

const WIDEST = 12;
// Bins around a press that are searched for marks: a bin is about five pixels high.
export const REACH = 3;

// Returns the first and the last bin that start..end reaches into.
export const binsOf = (start, end, length, bins) =>
  [start, end - 1].map((offset) => Math.floor((offset * bins) / length));

// Returns the offsets that a bin begins and ends at.
export const placesOf = (bin, length, bins) =>
  [bin, bin + 1].map((one) => Math.ceil((one * length) / bins));

export const widthOf = (claims) => (claims ? Math.min(4 + 3 * claims, WIDEST) : 0);

// Returns the bin at a fraction of the strip, or the nearest one with marks if one is near.
export function binAt(fraction, bins, isMarked) {
  const bin = Math.min(Math.max(Math.floor(fraction * bins), 0), bins - 1);
  for (let away = 0; away <= REACH; away += 1) {
    for (const near of [bin - away, bin + away]) if (isMarked(near)) return near;
  }
  return bin;
}

// Edges of grapheme clusters, by the browser's own rules. Offsets are UTF-16, as in all strings here.

const segmenter =
  "Segmenter" in Intl ? new Intl.Segmenter(undefined, { granularity: "grapheme" }) : null;

// Returns start and end of the cluster whose inside holds `offset`; both are `offset` on an edge.
// A browser without Segmenter leaves the offset as it is: the server snaps again.
export function clusterAt(text, offset) {
  if (!segmenter || offset <= 0 || offset >= text.length) return [offset, offset];
  const cluster = segmenter.segment(text).containing(offset);
  if (cluster.index === offset) return [offset, offset];
  return [cluster.index, cluster.index + cluster.segment.length];
}

// Returns the smallest range around start..end that begins and ends on edges.
export function snapOutwards(text, start, end) {
  return [clusterAt(text, start)[0], clusterAt(text, end)[1]];
}

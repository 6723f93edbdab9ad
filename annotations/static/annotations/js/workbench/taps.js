// Two taps that make a range: the first word, then the last one, in whatever order they stand.
// Knows nothing of the page.

export class TwoTaps {
  isOn = false;
  first = null;

  start() {
    this.isOn = true;
    this.first = null;
  }

  stop() {
    this.isOn = false;
    this.first = null;
  }

  // Takes a tapped word as [start, end]. Returns the range from the first to the second, or null.
  tap(word) {
    if (!this.isOn || !word) return null;
    if (!this.first) {
      this.first = word;
      return null;
    }
    const range = [Math.min(this.first[0], word[0]), Math.max(this.first[1], word[1])];
    this.stop();
    return range;
  }
}

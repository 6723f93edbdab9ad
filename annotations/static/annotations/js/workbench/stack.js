// What was done and what was undone, as two piles. Holds entries and knows nothing of the page;
// an entry has the number of its claim.

export class Stack {
  #done = [];
  #undone = [];

  // A new action: what was undone before can no longer be done again.
  push(entry) {
    this.#done.push(entry);
    this.#undone = [];
  }

  get toUndo() {
    return this.#done.at(-1) ?? null;
  }

  get toRedo() {
    return this.#undone.at(-1) ?? null;
  }

  // Moves the entry from one pile to the other, once the server has done its part.
  undone(entry) {
    this.#undone.push(...take(this.#done, entry));
  }

  redone(entry) {
    this.#done.push(...take(this.#undone, entry));
  }

  drop(entry) {
    take(this.#done, entry);
    take(this.#undone, entry);
  }

  // Forgets everything about a claim that someone else has changed in between.
  dropClaim(number) {
    this.#done = this.#done.filter((one) => one.number !== number);
    this.#undone = this.#undone.filter((one) => one.number !== number);
  }
}

function take(pile, entry) {
  const at = pile.lastIndexOf(entry);
  return at < 0 ? [] : pile.splice(at, 1);
}

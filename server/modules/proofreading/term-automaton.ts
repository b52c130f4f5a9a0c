/** Told of every occurrence: the index of the term, and where it stands, the end excluded. */
export type OnMatch = (term: number, start: number, end: number) => void;

export interface TermAutomaton {
  readonly states: number;
  readonly bytes: number;
  /** Every occurrence of every term, also inside each other, in the order in which they end. */
  scan(codes: Uint16Array, onMatch: OnMatch): void;
}

const root = 0;
const none = -1;

/** What stands in a flat array; asked beyond its end it is `none`, which no array holds as a number of a state. */
const at = (array: Int32Array | Uint16Array, index: number): number => array[index] ?? none;

/**
 * Aho–Corasick over many terms in a few flat arrays: 18 bytes for each state. States are numbered breadth first, so that
 * the children of one stand side by side and in the order of their characters; only the root has a table.
 * `terms` are sorted as JavaScript sorts, distinct and not empty.
 */
export function buildAutomaton(terms: readonly string[]): TermAutomaton {
  const links = linkStates(buildTrie(terms));
  const { output, shorter } = links.trie;
  const lengths = Uint16Array.from(terms, (term) => term.length);
  return {
    states: links.trie.count,
    bytes: links.trie.count * 18 + links.fromRoot.byteLength,
    scan(codes, onMatch) {
      let state = root;
      for (let place = 0; place < codes.length; place += 1) {
        state = step(links, state, at(codes, place));
        for (let hit = firstHit(links.trie, state); hit !== none; hit = at(shorter, hit)) {
          const term = at(output, hit);
          onMatch(term, place + 1 - at(lengths, term), place + 1);
        }
      }
    },
  };
}

interface Trie {
  readonly count: number;
  /** The children of a state are those from its own entry up to that of the next. */
  readonly firstChild: Int32Array;
  /** The character that leads to a state. */
  readonly label: Uint16Array;
  /** The term that ends in a state. */
  readonly output: Int32Array;
  /** The longest other state with a term that a state ends with. */
  readonly shorter: Int32Array;
}

interface Links {
  readonly trie: Trie;
  /** Where to go on when no child fits: the longest other state that a state ends with. */
  readonly fail: Int32Array;
  readonly fromRoot: Int32Array;
}

const firstHit = ({ output, shorter }: Trie, state: number): number =>
  at(output, state) === none ? at(shorter, state) : state;

function step({ trie, fail, fromRoot }: Links, from: number, code: number): number {
  for (let state = from; state !== root; state = at(fail, state)) {
    const child = childOf(trie, state, code);
    if (child !== none) return child;
  }
  return at(fromRoot, code);
}

function linkStates(trie: Trie): Links {
  const { count, firstChild, label, shorter } = trie;
  const links = { trie, fail: new Int32Array(count), fromRoot: new Int32Array(0x1_0000) };
  for (let child = at(firstChild, root); child < at(firstChild, root + 1); child += 1) {
    links.fromRoot[at(label, child)] = child;
  }
  for (let state = 1; state < count; state += 1) {
    for (let child = at(firstChild, state); child < at(firstChild, state + 1); child += 1) {
      links.fail[child] = step(links, at(links.fail, state), at(label, child));
    }
    // States that are shorter come earlier and are linked already.
    shorter[state] = firstHit(trie, at(links.fail, state));
  }
  return links;
}

/** Each state is a range of terms that begin alike; its children are the ranges that also go on alike. */
function buildTrie(terms: readonly string[]): Trie {
  const most = terms.reduce((sum, term) => sum + term.length, 1);
  const [firstChild, output] = [new Int32Array(most + 1), new Int32Array(most).fill(none)];
  const [label, depth] = [new Uint16Array(most), new Uint16Array(most)];
  const [low, high] = [new Int32Array(most), new Int32Array(most)];
  high[root] = terms.length;
  let count = 1;
  for (let state = 0; state < count; state += 1) {
    firstChild[state] = count;
    const length = at(depth, state);
    const end = at(high, state);
    let term = at(low, state);
    if (term < end && terms[term]?.length === length) {
      output[state] = term;
      term += 1;
    }
    while (term < end) {
      low[count] = term;
      const code = terms[term]?.charCodeAt(length) ?? 0;
      term = endOfRange(terms, { term, end, length }, code);
      high[count] = term;
      label[count] = code;
      depth[count] = length + 1;
      count += 1;
    }
  }
  firstChild[count] = count;
  return {
    count,
    firstChild: firstChild.slice(0, count + 1),
    label: label.slice(0, count),
    output: output.slice(0, count),
    shorter: new Int32Array(count).fill(none),
  };
}

interface Range {
  readonly term: number;
  readonly end: number;
  readonly length: number;
}

/** The first term behind those that go on with the same character. */
function endOfRange(terms: readonly string[], { term, end, length }: Range, code: number): number {
  let next = term;
  while (next < end && terms[next]?.charCodeAt(length) === code) next += 1;
  return next;
}

function childOf({ firstChild, label }: Trie, state: number, code: number): number {
  const end = at(firstChild, state + 1);
  let low = at(firstChild, state);
  let high = end;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at(label, middle) < code) low = middle + 1;
    else high = middle;
  }
  return low < end && at(label, low) === code ? low : none;
}

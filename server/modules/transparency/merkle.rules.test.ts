import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  consistencyRanges,
  fullNodes,
  grownNodes,
  inclusionRanges,
  joinNodes,
  type LeafRange,
  rootFromInclusion,
  rootsFromConsistency,
} from './merkle.rules.ts';
import { hashLeaf, hashNodes, rootOf } from './tree-hash.ts';

const hex = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('hex');

/** The definition of RFC 9162, 2.1.1, word for word. */
function definedRoot(leaves: readonly Uint8Array[]): Uint8Array {
  const [only] = leaves;
  if (only === undefined) return rootOf([]);
  if (leaves.length === 1) return only;
  let middle = 1;
  while (middle * 2 < leaves.length) middle *= 2;
  return hashNodes(definedRoot(leaves.slice(0, middle)), definedRoot(leaves.slice(middle)));
}

/** A tree as the log keeps it: full subtrees only. */
function aTree(leaves: readonly Uint8Array[]) {
  const nodes = new Map(
    grownNodes(0, leaves, new Map(), hashNodes).map((node) => [`${node.level}/${node.index}`, node.hash]),
  );
  const hashOf = (range: LeafRange): Uint8Array =>
    rootOf(fullNodes(range).map(({ level, index }) => nodes.get(`${level}/${index}`) ?? new Uint8Array()));
  return {
    root: (size: number) => hashOf({ start: 0, end: size }),
    inclusion: (index: number, size: number) => inclusionRanges(index, size).map(hashOf),
    consistency: (first: number, second: number) => consistencyRanges(first, second).map(hashOf),
  };
}

const someLeaves = (count: number): readonly Buffer[] =>
  Array.from({ length: count }, (_, at) => hashLeaf(`leaf ${at}`));

function flipped(hashes: readonly Uint8Array[], bit: number): readonly Uint8Array[] {
  return hashes.map((hash, at) => {
    if (at !== Math.floor(bit / 256)) return hash;
    const other = Uint8Array.from(hash);
    other[Math.floor((bit % 256) / 8)] = (other[Math.floor((bit % 256) / 8)] ?? 0) ^ (1 << (bit % 8));
    return other;
  });
}

describe('the vectors of RFC 6962', () => {
  const inputs = [
    '',
    '00',
    '10',
    '2021',
    '3031',
    '40414243',
    '5051525354555657',
    '606162636465666768696a6b6c6d6e6f',
  ];
  const roots = [
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
    'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
    '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
    'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
    '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
  ];
  const tree = aTree(inputs.map((input) => hashLeaf(Buffer.from(input, 'hex'))));

  it.each(roots.map((root, size) => [size, root] as const))('have at %i leaves the root %s', (size, root) => {
    expect(hex(tree.root(size))).toBe(root);
  });

  it('have these proofs', () => {
    expect(tree.inclusion(0, 8).map(hex)).toEqual([
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ]);
    expect(tree.consistency(1, 8).map(hex)).toEqual([
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ]);
  });
});

describe('a tree of any size', () => {
  const most = 240;
  const leaves = someLeaves(most);
  const tree = aTree(leaves);

  it('has the root that the definition gives', () => {
    for (let size = 0; size <= most; size += 1)
      expect(hex(tree.root(size))).toBe(hex(definedRoot(leaves.slice(0, size))));
  });

  it('grows in parts to the same as at once', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: most / 6 }), { maxLength: 6 }), (parts) => {
        const all = parts.reduce((sum, part) => sum + part, 0);
        const nodes = new Map<string, Uint8Array>();
        let size = 0;
        for (const part of parts) {
          const edge = new Map(
            fullNodes({ start: 0, end: size }).map((node) => [
              node.level,
              nodes.get(`${node.level}/${node.index}`) ?? new Uint8Array(),
            ]),
          );
          for (const node of grownNodes(size, leaves.slice(size, size + part), edge, hashNodes))
            nodes.set(`${node.level}/${node.index}`, node.hash);
          size += part;
        }
        const edge = fullNodes({ start: 0, end: all }).map(
          (node) => nodes.get(`${node.level}/${node.index}`) ?? new Uint8Array(),
        );
        expect(hex(joinNodes(edge, hashNodes) ?? rootOf([]))).toBe(hex(definedRoot(leaves.slice(0, all))));
      }),
    );
  });

  it('proves every leaf it holds', () => {
    for (let size = 1; size <= most; size += 1) {
      const root = hex(tree.root(size));
      for (let index = 0; index < size; index += 1) {
        const leaf = leaves[index] ?? new Uint8Array();
        const proof = tree.inclusion(index, size);
        if (hex(rootFromInclusion(leaf, { index, size }, proof, hashNodes)) !== root)
          expect.fail(`${index} of ${size}`);
      }
    }
  });

  it('proves that it grew from every smaller one', () => {
    for (let second = 1; second <= 200; second += 1) {
      for (let first = 1; first <= second; first += 1) {
        const firstRoot = tree.root(first);
        const roots = rootsFromConsistency(
          { first, firstRoot, second },
          tree.consistency(first, second),
          hashNodes,
        );
        if (hex(roots?.first) !== hex(firstRoot) || hex(roots?.second) !== hex(tree.root(second)))
          expect.fail(`${first} to ${second}`);
      }
    }
  });

  const place = fc
    .integer({ min: 1, max: 200 })
    .chain((size) => fc.record({ size: fc.constant(size), index: fc.integer({ min: 0, max: size - 1 }) }));

  it('proves nothing when a bit of leaf, proof or root is another', () => {
    fc.assert(
      fc.property(place, fc.nat(), ({ size, index }, chance) => {
        const told = [leaves[index] ?? new Uint8Array(), ...tree.inclusion(index, size)];
        const [leaf = new Uint8Array(), ...proof] = flipped(told, chance % (told.length * 256));
        expect(hex(rootFromInclusion(leaf, { index, size }, proof, hashNodes))).not.toBe(
          hex(tree.root(size)),
        );
      }),
      { numRuns: 2_000 },
    );
  });

  it('proves no leaf at another place, and nothing with a longer or shorter proof', () => {
    fc.assert(
      fc.property(place, fc.nat({ max: 199 }), ({ size, index }, other) => {
        const root = hex(tree.root(size));
        const leaf = leaves[index] ?? new Uint8Array();
        const proof = tree.inclusion(index, size);
        if (other !== index)
          expect(hex(rootFromInclusion(leaf, { index: other, size }, proof, hashNodes))).not.toBe(root);
        expect(hex(rootFromInclusion(leaf, { index, size }, [...proof, leaf], hashNodes))).not.toBe(root);
        if (proof.length > 0)
          expect(hex(rootFromInclusion(leaf, { index, size }, proof.slice(1), hashNodes))).not.toBe(root);
      }),
    );
  });

  it('proves no growth when a bit of either root or of the proof is another', () => {
    const growth = fc
      .integer({ min: 2, max: 200 })
      .chain((second) =>
        fc.record({ second: fc.constant(second), first: fc.integer({ min: 1, max: second - 1 }) }),
      );
    fc.assert(
      fc.property(growth, fc.nat(), ({ first, second }, chance) => {
        const told = [tree.root(first), tree.root(second), ...tree.consistency(first, second)];
        const changed = flipped(told, chance % (told.length * 256));
        const [firstRoot = new Uint8Array(), secondRoot, ...proof] = changed;
        const roots = rootsFromConsistency({ first, firstRoot, second }, proof, hashNodes);
        expect([hex(roots?.first), hex(roots?.second)]).not.toEqual([hex(firstRoot), hex(secondRoot)]);
      }),
      { numRuns: 2_000 },
    );
  });
});
